package entrepot.store.s3;

import entrepot.store.BlobStoreContract;
import entrepot.store.MetadataStore;
import entrepot.store.TestStores;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.io.TempDir;

class S3BlobStoreTest extends BlobStoreContract {

    @AutoClose
    private final MetadataStore metadata = TestStores.metadata();

    @TempDir
    Path spool;

    @Override
    protected S3BlobStore open() {
        return TestS3.store(metadata, spool);
    }
}
