package entrepot.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class GrownTablesTest {

    private static final long UNKNOWN = -1;

    private final PostgresPlace place = TestPostgres.bare();

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
    void a_table_that_has_grown_is_known_after_some_writes() throws InterruptedException {
        for (int i = 0; i < 400; i++) {
            write(i);
        }
        for (int i = 0; i < 200; i++) {
            store.<Boolean>read(tx -> tx.leases().holder("lease-0").isPresent());
        }
        Thread.sleep(200);
        assertThat(rows("grown")).isEqualTo(UNKNOWN);

        for (int i = 400; rows("grown") == UNKNOWN; i++) {
            write(i);
        }

        assertThat(rows("grown")).isEqualTo(10_000);
        assertThat(rows("small")).isEqualTo(UNKNOWN);
    }

    /// Where another one looks already.
    @Test
    void a_table_that_is_locked_is_passed_over() throws SQLException {
        try (var other = DriverManager.getConnection(place.url(), place.user(), "")) {
            other.setAutoCommit(false);
            other.createStatement().execute("lock table grown in share update exclusive mode");
            var table = "besides";
            TestPostgres.execute(
                    place, "create table %s (number bigint) with (autovacuum_enabled = false)".formatted(table));
            TestPostgres.execute(place, "insert into %s select generate_series(1, 10000)".formatted(table));

            for (int i = 0; rows(table) == UNKNOWN; i++) {
                write(i);
            }
            assertThat(rows("grown")).isEqualTo(UNKNOWN);
        }
    }

    private void write(int number) {
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
