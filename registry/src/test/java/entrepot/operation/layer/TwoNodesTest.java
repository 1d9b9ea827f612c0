package entrepot.operation.layer;

import entrepot.store.BlobStore;
import entrepot.store.MetadataStore;
import entrepot.store.TestStores;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Nested;

/// The same on both engines, with both kinds of blobs.
class TwoNodesTest {

    abstract static class OnDisk extends TwoNodesContract {
        @Override
        BlobStore blobs(MetadataStore metadata) {
            return TestStores.blobsIn(folder);
        }

        @Override
        boolean oneAtATime() {
            return true;
        }
    }

    abstract static class InS3 extends TwoNodesContract {

        private final BiFunction<MetadataStore, Path, BlobStore> bucket = TestStores.sharedBlobs();

        @Override
        BlobStore blobs(MetadataStore metadata) {
            return bucket.apply(metadata, folder);
        }

        @Override
        boolean oneAtATime() {
            return false;
        }
    }

    @Nested
    class SqliteAndDisk extends OnDisk {
        @Override
        MetadataStore metadata() {
            return new SharedMetadata(TestStores.metadata("memory"));
        }
    }

    @Nested
    class PostgresAndDisk extends OnDisk {
        @Override
        MetadataStore metadata() {
            return TestStores.metadata("postgres");
        }
    }

    @Nested
    class SqliteAndS3 extends InS3 {
        @Override
        MetadataStore metadata() {
            return new SharedMetadata(TestStores.metadata("memory"));
        }
    }

    @Nested
    class PostgresAndS3 extends InS3 {
        @Override
        MetadataStore metadata() {
            return TestStores.metadata("postgres");
        }
    }
}
