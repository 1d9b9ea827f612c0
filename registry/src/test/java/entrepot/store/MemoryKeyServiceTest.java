package entrepot.store;

import entrepot.domain.Arn;

class MemoryKeyServiceTest extends KeyServiceContract {

    private final MemoryKeyService keys = new MemoryKeyService();

    @Override
    protected KeyService open() {
        return keys;
    }

    @Override
    protected Arn create() {
        return keys.create(REGISTRY);
    }

    @Override
    protected void disable(Arn key) {
        keys.disable(key);
    }
}
