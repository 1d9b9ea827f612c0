package entrepot.store.disk;

import entrepot.store.BlobStore;
import entrepot.store.BlobStoreContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DiskBlobStoreTest extends BlobStoreContract {

    @TempDir
    Path folder;

    @Override
    protected BlobStore newStore() throws IOException {
        return new DiskBlobStore(folder);
    }
}
