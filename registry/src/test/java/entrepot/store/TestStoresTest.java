package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.AccountId;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestStoresTest {

    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite", "postgres"})
    void each_metadata_store_is_new_and_empty(String backend) {
        for (var i = 0; i < 2; i++) {
            try (var store = TestStores.metadata(backend)) {
                assertThat(store.<Boolean>read(tx -> tx.accounts().exists(new AccountId("111122223333"))))
                        .isFalse();
                store.transact(tx -> {
                    tx.accounts().create(new AccountId("111122223333"), Instant.EPOCH);
                    return true;
                });
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "disk"})
    void each_blob_store_is_new_and_empty(String backend) throws IOException {
        for (var i = 0; i < 2; i++) {
            var store = TestStores.blobs(backend);
            try (var keys = store.keys()) {
                assertThat(keys).isEmpty();
            }
            store.create(TablesContract.newKey());
        }
    }

    @Test
    void a_backend_that_is_none_is_refused() {
        assertThatThrownBy(() -> TestStores.metadata("Sqlite"))
                .hasMessage("entrepot.test.metadata is memory, sqlite or postgres, not 'Sqlite'");
        assertThatThrownBy(() -> TestStores.blobs("")).hasMessage("entrepot.test.blobs is memory, disk or s3, not ''");
    }
}
