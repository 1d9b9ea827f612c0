package entrepot.operation.layer;

import entrepot.store.BlobStore;
import entrepot.store.MetadataStore;
import entrepot.store.TestStores;
import entrepot.store.postgres.TestPostgres;
import entrepot.store.s3.S3Place;
import entrepot.store.s3.TestS3;
import entrepot.store.sqlite.SqliteMetadataStore;
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

        private final S3Place place = TestS3.place();

        @Override
        BlobStore blobs(MetadataStore metadata) {
            return TestS3.store(place, metadata, folder);
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
            return new SharedMetadata(SqliteMetadataStore.inMemory());
        }
    }

    @Nested
    class PostgresAndDisk extends OnDisk {
        @Override
        MetadataStore metadata() {
            return TestPostgres.store();
        }
    }

    @Nested
    class SqliteAndS3 extends InS3 {
        @Override
        MetadataStore metadata() {
            return new SharedMetadata(SqliteMetadataStore.inMemory());
        }
    }

    @Nested
    class PostgresAndS3 extends InS3 {
        @Override
        MetadataStore metadata() {
            return TestPostgres.store();
        }
    }
}
