package entrepot.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class GrownTablesTest {

    private static final long UNKNOWN = -1;

    private final PostgresPlace place = TestPostgres.place();

    @AutoClose
    private final PostgresMetadataStore store = PostgresMetadataStore.open(place, TestPostgres.KEY);

    @AutoClose
    private final Pool pool = new Pool(place);

    /// PostgreSQL itself does not look at these.
    @BeforeEach
    void make_tables_that_have_grown() {
        for (var table : List.of("grown", "small")) {
            TestPostgres.execute(
                    place, "create table %s (number bigint) with (autovacuum_enabled = false)".formatted(table));
        }
        TestPostgres.execute(place, "insert into grown select generate_series(1, 10000)");
        TestPostgres.execute(place, "insert into small values (1)");
    }

    @Test
    void a_table_that_has_grown_is_known_after_some_commits() throws InterruptedException {
        for (int i = 0; i < 499; i++) {
            commit(i);
        }
        Thread.sleep(200);
        assertThat(rows("grown")).isEqualTo(UNKNOWN);

        commit(499);
        while (rows("grown") == UNKNOWN) {
            Thread.sleep(10);
        }

        assertThat(rows("grown")).isEqualTo(10_000);
        assertThat(rows("small")).isEqualTo(UNKNOWN);
    }

    private void commit(int number) {
        store.transactGuarded(tx -> tx.leases().take("lease-" + number, "test", Duration.ofHours(1)));
    }

    private long rows(String table) {
        return pool.lend(
                false,
                (sql, _) -> sql.one(
                                "select cast(reltuples as bigint) from pg_class where relname = ?",
                                row -> row.getLong(1),
                                table)
                        .orElseThrow());
    }
}
