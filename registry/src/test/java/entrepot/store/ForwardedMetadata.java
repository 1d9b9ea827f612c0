package entrepot.store;

import java.util.function.Function;

/// A metadata store that is another one, but for what a test overrides to watch it or to meddle with it.
public class ForwardedMetadata implements MetadataStore {

    private final MetadataStore store;

    public ForwardedMetadata(MetadataStore store) {
        this.store = store;
    }

    @Override
    public <T> T transact(Function<Transaction, T> work) {
        return store.transact(work);
    }

    @Override
    public <T> T read(Function<Transaction, T> work) {
        return store.read(work);
    }

    @Override
    public long accessChanges() {
        return store.accessChanges();
    }

    @Override
    public void close() {
        store.close();
    }
}
