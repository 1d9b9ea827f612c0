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
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class SqliteFileStoreTest {

    @TempDir
    Path directory;

    @Nested
    class Repositories extends RepositoriesContract {
        @Override
        protected MetadataStore open() {
            return SqliteMetadataStore.open(directory.resolve("metadata.db"));
        }
    }

    @Nested
    class Images extends ImagesContract {
        @Override
        protected MetadataStore open() {
            return SqliteMetadataStore.open(directory.resolve("metadata.db"));
        }
    }

    @Nested
    class ImagePages extends ImagePagesContract {
        @Override
        protected MetadataStore open() {
            return SqliteMetadataStore.open(directory.resolve("metadata.db"));
        }
    }

    @Nested
    class Referrers extends ReferrersContract {
        @Override
        protected MetadataStore open() {
            return SqliteMetadataStore.open(directory.resolve("metadata.db"));
        }
    }

    @Nested
    class Layers extends LayersContract {
        @Override
        protected MetadataStore open() {
            return SqliteMetadataStore.open(directory.resolve("metadata.db"));
        }
    }

    @Nested
    class Uploads extends UploadsContract {
        @Override
        protected MetadataStore open() {
            return SqliteMetadataStore.open(directory.resolve("metadata.db"));
        }
    }

    @Nested
    class AccessKeys extends AccessKeysContract {
        @Override
        protected MetadataStore open() {
            return SqliteMetadataStore.open(directory.resolve("metadata.db"));
        }
    }

    @Nested
    class Accounts extends AccountsContract {
        @Override
        protected MetadataStore open() {
            return SqliteMetadataStore.open(directory.resolve("metadata.db"));
        }
    }

    @Nested
    class Users extends UsersContract {
        @Override
        protected MetadataStore open() {
            return SqliteMetadataStore.open(directory.resolve("metadata.db"));
        }
    }

    @Nested
    class Policies extends PoliciesContract {
        @Override
        protected MetadataStore open() {
            return SqliteMetadataStore.open(directory.resolve("metadata.db"));
        }
    }

    @Nested
    class ResourcePolicies extends ResourcePoliciesContract {
        @Override
        protected MetadataStore open() {
            return SqliteMetadataStore.open(directory.resolve("metadata.db"));
        }
    }

    @Nested
    class AccountSettings extends AccountSettingsContract {
        @Override
        protected MetadataStore open() {
            return SqliteMetadataStore.open(directory.resolve("metadata.db"));
        }
    }

    @Nested
    class Transactions extends TransactionsContract {
        @Override
        protected MetadataStore open() {
            return SqliteMetadataStore.open(directory.resolve("metadata.db"));
        }
    }
}
