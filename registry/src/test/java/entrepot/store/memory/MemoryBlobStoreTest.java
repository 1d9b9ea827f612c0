package entrepot.store.memory;

import entrepot.store.BlobStore;
import entrepot.store.BlobStoreContract;

class MemoryBlobStoreTest extends BlobStoreContract {

    @Override
    protected BlobStore newStore() {
        return new MemoryBlobStore();
    }
}
