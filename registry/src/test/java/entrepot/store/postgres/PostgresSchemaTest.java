package entrepot.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.AccountId;
import entrepot.store.StoreAwayException;
import entrepot.store.seal.ServerKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// Databases as they are found at a start.
class PostgresSchemaTest {

    private static final String LATER = "insert into flyway_schema_history"
            + " (installed_rank, version, description, type, script, installed_by, execution_time, success)"
            + " values (9999, '9999', 'later', 'SQL', 'V9999__later.sql', '', 0, true)";

    @Test
    void nodes_that_start_at_once_make_the_tables_once() throws Exception {
        var place = TestPostgres.bare();
        var stores = new ArrayList<PostgresMetadataStore>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<PostgresMetadataStore> start = () -> PostgresMetadataStore.open(place, TestPostgres.KEY);
            for (var each : threads.invokeAll(Collections.nCopies(3, start))) {
                stores.add(each.get());
            }
            stores.getFirst().transact(tx -> {
                tx.accessKeys().createSecret("token", new byte[] {7});
                return true;
            });
            for (var store : stores) {
                assertThat(store.<byte[]>read(
                                tx -> tx.accessKeys().secret("token").orElseThrow()))
                        .containsExactly(7);
            }
        } finally {
            stores.forEach(PostgresMetadataStore::close);
        }
    }

    @Test
    void tables_of_a_later_program_are_refused() {
        var place = TestPostgres.bare();
        PostgresMetadataStore.open(place, TestPostgres.KEY).close();
        TestPostgres.execute(place, LATER);

        assertRefused(place, TestPostgres.KEY, "has a newer schema than this program knows (V9999__later.sql)");
    }

    /// Flyway is asked only where it would find something to do or to refuse.
    @Test
    void tables_that_flyway_made_are_known_without_it_and_changed_ones_are_refused_by_it() {
        var place = TestPostgres.bare();
        PostgresMetadataStore.open(place, TestPostgres.KEY).close();
        try (var pool = new Pool(place)) {
            assertThat(new PostgresSchema(pool, place).isCurrent()).isTrue();
            TestPostgres.execute(place, "update flyway_schema_history set checksum = 7 where version = '2'");
            assertThat(new PostgresSchema(pool, place).isCurrent()).isFalse();
        }
        assertRefused(place, TestPostgres.KEY, "checksum mismatch");
        TestPostgres.execute(place, "update flyway_schema_history set success = false where version = '2'");
        assertRefused(place, TestPostgres.KEY, "Detected failed migration");
    }

    @Test
    void tables_that_are_no_longer_those_it_was_opened_with_are_told() throws Exception {
        var place = TestPostgres.bare();
        try (var store = PostgresMetadataStore.open(place, TestPostgres.KEY)) {
            TestPostgres.execute(place, LATER); // as a newer node does
            store.checkSchema();

            TestPostgres.execute(place, "delete from flyway_schema_history where version = '3'");
            assertThatThrownBy(store::checkSchema).isInstanceOf(IOException.class);
        }
    }

    @Test
    void another_servers_key_is_refused_by_its_name() {
        var place = TestPostgres.bare();
        PostgresMetadataStore.open(place, TestPostgres.KEY).close();
        var other = new ServerKey.Given(ServerKey.random(), "server-key-file: /run/other");

        assertRefused(place, other, "server-key-file: /run/other is not the key of this database");
    }

    @Test
    void a_reader_makes_no_tables() {
        var place = TestPostgres.bare();

        assertThatThrownBy(() -> PostgresMetadataStore.openReader(place, TestPostgres.KEY))
                .hasMessageContaining("holds no registry");
        assertThatThrownBy(() -> TestPostgres.execute(place, "select 1 from repository"))
                .hasMessageContaining("does not exist");
    }

    @Test
    void a_reader_does_not_write() {
        var place = TestPostgres.place();
        PostgresMetadataStore.open(place, TestPostgres.KEY).close();
        try (var reader = PostgresMetadataStore.openReader(place, TestPostgres.KEY)) {
            assertThat(reader.<Integer>read(tx -> tx.accounts().list(null, 10).size()))
                    .isZero();
            assertThatThrownBy(() -> reader.transact(tx -> true)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> reader.transactGuarded(tx -> true))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void tables_lie_where_the_search_path_has_them() {
        var bare = TestPostgres.bare();
        TestPostgres.execute(bare, "create schema one");
        var place = new PostgresPlace(bare.url() + "?currentSchema=one", bare.user(), "", 2);
        try (var store = PostgresMetadataStore.open(place, TestPostgres.KEY)) {
            createAccount(store);
        }
        TestPostgres.execute(bare, "select 1 / count(*) from one.account");
        assertThatThrownBy(() -> TestPostgres.execute(bare, "select 1 from public.account"))
                .hasMessageContaining("does not exist");
    }

    @Test
    void an_empty_schema_before_anothers_tables_gets_its_own() {
        var first = TestPostgres.bare();
        try (var store = PostgresMetadataStore.open(first, TestPostgres.KEY)) {
            createAccount(store);
        }
        TestPostgres.execute(first, "create schema second");
        var second = new PostgresPlace(first.url() + "?currentSchema=second,public", first.user(), "", 2);

        assertThatThrownBy(() -> PostgresMetadataStore.openReader(second, TestPostgres.KEY))
                .hasMessageContaining("holds no registry");
        try (var store = PostgresMetadataStore.open(second, TestPostgres.KEY)) {
            assertThat(store.<Integer>read(tx -> tx.accounts().list(null, 10).size()))
                    .isZero();
        }
    }

    private static void createAccount(PostgresMetadataStore store) {
        store.transact(tx -> {
            tx.accounts().create(new AccountId("123456789012"), Instant.EPOCH);
            return true;
        });
    }

    @Test
    void what_does_not_let_in_is_told_by_the_key_that_names_it() {
        var place = TestPostgres.place();
        var absent = new PostgresPlace(TestPostgres.url("absent"), "postgres", "", 2);
        var nobody = new PostgresPlace(place.url(), "nobody", "", 2);
        var guarded = TestPostgres.guarded("right");

        assertRefused(absent, TestPostgres.KEY, "metadata.url: ");
        assertRefused(nobody, TestPostgres.KEY, "metadata.user, metadata.password-file: ");
        assertRefused(with(guarded, "s3cret"), TestPostgres.KEY, "metadata.user, metadata.password-file: ");
        assertRefused(with(guarded, ""), TestPostgres.KEY, "metadata.user, metadata.password-file: ");
    }

    @Test
    void what_does_not_answer_may_be_there_later() {
        var nowhere = new PostgresPlace("jdbc:postgresql://127.0.0.1:1/x", "postgres", "s3cret", 2);

        assertThatThrownBy(() -> PostgresMetadataStore.open(nowhere, TestPostgres.KEY))
                .hasCauseInstanceOf(StoreAwayException.class)
                .hasMessageContaining("metadata.url: ")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void who_could_not_move_into_a_database_is_not_in_it() {
        var place = TestPostgres.bare();
        PostgresMetadataStore.open(place, TestPostgres.KEY).close();
        var other = new ServerKey.Given(ServerKey.random(), "server-key-file: /run/other");

        assertThatThrownBy(() -> PostgresMove.target(place, other)).hasMessageContaining("server-key-file");
        TestPostgres.execute(place, "select 1 / (case when exists (select 1 from node) then 0 else 1 end)");
    }

    private static PostgresPlace with(PostgresPlace place, String password) {
        return new PostgresPlace(place.url(), place.user(), password, 2);
    }

    private static void assertRefused(PostgresPlace place, ServerKey key, String why) {
        assertThatThrownBy(() -> PostgresMetadataStore.open(place, key).close())
                .isInstanceOf(UncheckedIOException.class)
                .cause()
                .isNotInstanceOf(StoreAwayException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("s3cret");
    }
}
