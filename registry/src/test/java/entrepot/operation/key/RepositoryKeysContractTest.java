package entrepot.operation.key;

import entrepot.domain.Arn;
import entrepot.operation.World;
import entrepot.store.KeyService;
import entrepot.store.KeyServiceContract;
import org.junit.jupiter.api.AutoClose;

class RepositoryKeysContractTest extends KeyServiceContract {

    @AutoClose
    private final World world = World.withApp();

    @Override
    protected KeyService open() {
        return new RepositoryKeys(world.metadata, world.clock);
    }

    @Override
    protected Arn create() {
        return world.keys.create(REGISTRY);
    }

    @Override
    protected void disable(Arn key) {
        world.keys.disable(key);
    }
}
