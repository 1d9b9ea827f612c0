package entrepot.store;

import org.junit.jupiter.api.Nested;

/// What every metadata store must do, group of tables by group of tables. A backend's test is a subclass with nothing
/// in it but how to open the store, which is empty at first.
public abstract class MetadataStoreContract {

    protected abstract MetadataStore open();

    @Nested
    class Repositories extends RepositoriesContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class Images extends ImagesContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class PushFacts extends PushFactsContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class ImagePages extends ImagePagesContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class Referrers extends ReferrersContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class Layers extends LayersContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class PullExclusions extends PullExclusionsContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class Replication extends ReplicationContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class Backfills extends BackfillsContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class CreationTemplates extends CreationTemplatesContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class CacheRules extends CacheRulesContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class CacheImports extends CacheImportsContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class Pieces extends PiecesContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class Uploads extends UploadsContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class AccessKeys extends AccessKeysContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class ConsoleSessions extends ConsoleSessionsContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class Accounts extends AccountsContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class Users extends UsersContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class Policies extends PoliciesContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class ResourcePolicies extends ResourcePoliciesContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class AccountSettings extends AccountSettingsContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class EncryptionKeys extends EncryptionKeysContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class Secrets extends SecretsContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class KeyAliases extends KeyAliasesContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class KeyGrants extends KeyGrantsContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class LifecyclePolicies extends LifecyclePoliciesContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class LifecyclePreviews extends LifecyclePreviewsContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class Transactions extends TransactionsContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class Races extends RacesContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class RacesAlone extends RacesAloneContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class Garbage extends GarbageContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class CollectionRaces extends CollectionRacesContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class Archive extends ArchiveContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class ArchivedBlobs extends ArchivedBlobsContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class History extends HistoryContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class Leases extends LeasesContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class Repairs extends RepairsContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class Events extends EventsContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class Scans extends ScansContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }

    @Nested
    class Signings extends SigningsContract {
        @Override
        protected MetadataStore open() {
            return MetadataStoreContract.this.open();
        }
    }
}
