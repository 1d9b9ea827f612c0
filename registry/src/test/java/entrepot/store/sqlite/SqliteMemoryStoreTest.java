package entrepot.store.sqlite;

import entrepot.store.AccessKeysContract;
import entrepot.store.AccountSettingsContract;
import entrepot.store.AccountsContract;
import entrepot.store.ImagePagesContract;
import entrepot.store.ImagesContract;
import entrepot.store.LayersContract;
import entrepot.store.MetadataStore;
import entrepot.store.PoliciesContract;
import entrepot.store.ReferrersContract;
import entrepot.store.RepositoriesContract;
import entrepot.store.ResourcePoliciesContract;
import entrepot.store.TransactionsContract;
import entrepot.store.UploadsContract;
import entrepot.store.UsersContract;
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
    class Accounts extends AccountsContract {
        @Override
        protected MetadataStore open() {
            return SqliteMetadataStore.inMemory();
        }
    }

    @Nested
    class Users extends UsersContract {
        @Override
        protected MetadataStore open() {
            return SqliteMetadataStore.inMemory();
        }
    }

    @Nested
    class Policies extends PoliciesContract {
        @Override
        protected MetadataStore open() {
            return SqliteMetadataStore.inMemory();
        }
    }

    @Nested
    class ResourcePolicies extends ResourcePoliciesContract {
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
