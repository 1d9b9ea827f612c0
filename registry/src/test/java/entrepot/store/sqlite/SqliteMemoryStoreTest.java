package entrepot.store.sqlite;

import entrepot.store.MetadataStoreContract;

class SqliteMemoryStoreTest extends MetadataStoreContract {

    @Override
    protected SqliteMetadataStore open() {
        return SqliteMetadataStore.inMemory();
    }
}
