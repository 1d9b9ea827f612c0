package entrepot.store.postgres;

import entrepot.store.MetadataStoreContract;
import java.time.Duration;

class PostgresMetadataStoreTest extends MetadataStoreContract {

    /// What loses for good is given up sooner than by a server.
    @Override
    protected PostgresMetadataStore open() {
        return TestPostgres.store(Duration.ofSeconds(4));
    }
}
