package entrepot.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.AccountId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two processes on one database.
class NodesTest {

    private PostgresMetadataStore here;
    private PostgresMetadataStore there;

    @BeforeEach
    void open_two() {
        var place = TestPostgres.place();
        here = PostgresMetadataStore.open(place, TestPostgres.KEY);
        there = PostgresMetadataStore.open(place, TestPostgres.KEY);
    }

    @AfterEach
    void close_both() {
        here.close();
        there.close();
    }

    @Test
    void what_one_has_committed_the_other_reads() {
        for (int i = 0; i < 50; i++) {
            var account = new AccountId("%012d".formatted(i));
            create(here, account);
            assertThat(there.<Boolean>read(tx -> tx.accounts().exists(account))).isTrue();
        }
    }

    @Test
    void a_change_of_who_may_do_what_is_counted_here_at_once_and_there_soon() throws Exception {
        var here1 = here.accessChanges();
        var there1 = there.accessChanges();

        create(here, new AccountId("123456789012"));

        assertThat(here.accessChanges()).isGreaterThan(here1);
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (there.accessChanges() == there1 && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        assertThat(there.accessChanges()).isGreaterThan(there1);
    }

    private static void create(PostgresMetadataStore store, AccountId account) {
        store.transact(tx -> {
            tx.accounts().create(account, Instant.EPOCH);
            return true;
        });
    }
}
