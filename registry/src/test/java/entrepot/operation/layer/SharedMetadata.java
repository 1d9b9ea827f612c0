package entrepot.operation.layer;

import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.util.function.Function;

/// A store that says that others write it too, as two nodes of one process do.
record SharedMetadata(MetadataStore store) implements MetadataStore {

    @Override
    public boolean isShared() {
        return true;
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
