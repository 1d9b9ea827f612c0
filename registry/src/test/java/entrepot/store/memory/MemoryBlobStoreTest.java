package entrepot.store.memory;

import entrepot.store.BlobStoreContract;

class MemoryBlobStoreTest extends BlobStoreContract {

    @Override
    protected MemoryBlobStore open() {
        return new MemoryBlobStore();
    }
}
