package entrepot.store.postgres;

import entrepot.store.MetadataStoreContract;

class PostgresMetadataStoreTest extends MetadataStoreContract {

    @Override
    protected PostgresMetadataStore open() {
        return TestPostgres.store();
    }
}
