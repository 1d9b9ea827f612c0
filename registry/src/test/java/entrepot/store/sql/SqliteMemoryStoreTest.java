package entrepot.store.sql;

import entrepot.store.AccessKeysContract;
import entrepot.store.AccountSettingsContract;
import entrepot.store.ImagePagesContract;
import entrepot.store.ImagesContract;
import entrepot.store.LayersContract;
import entrepot.store.MetadataStore;
import entrepot.store.ReferrersContract;
import entrepot.store.RepositoriesContract;
import entrepot.store.TransactionsContract;
import entrepot.store.UploadsContract;
import org.junit.jupiter.api.Nested;

class SqliteMemoryStoreTest {

    @Nested
    class Repositories extends RepositoriesContract {
        @Override
        protected MetadataStore open() {
            return SqliteMetadataStore.inMemory();
        }
    }

    @Nested
    class Images extends ImagesContract {
        @Override
        protected MetadataStore open() {
            return SqliteMetadataStore.inMemory();
        }
    }

    @Nested
    class ImagePages extends ImagePagesContract {
        @Override
        protected MetadataStore open() {
            return SqliteMetadataStore.inMemory();
        }
    }

    @Nested
    class Referrers extends ReferrersContract {
        @Override
        protected MetadataStore open() {
            return SqliteMetadataStore.inMemory();
        }
    }

    @Nested
    class Layers extends LayersContract {
        @Override
        protected MetadataStore open() {
            return SqliteMetadataStore.inMemory();
        }
    }

    @Nested
    class Uploads extends UploadsContract {
        @Override
        protected MetadataStore open() {
            return SqliteMetadataStore.inMemory();
        }
    }

    @Nested
    class AccessKeys extends AccessKeysContract {
        @Override
        protected MetadataStore open() {
            return SqliteMetadataStore.inMemory();
        }
    }

    @Nested
    class AccountSettings extends AccountSettingsContract {
        @Override
        protected MetadataStore open() {
            return SqliteMetadataStore.inMemory();
        }
    }

    @Nested
    class Transactions extends TransactionsContract {
        @Override
        protected MetadataStore open() {
            return SqliteMetadataStore.inMemory();
        }
    }
}
