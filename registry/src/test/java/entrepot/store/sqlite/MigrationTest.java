package entrepot.store.sqlite;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Origin;
import entrepot.domain.Pusher;
import entrepot.store.sql.Scripts;
import entrepot.store.sql.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tables of earlier versions, brought up to date with what is in them, and those that cannot be.
class MigrationTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name_a_file() throws IOException {
        file = Files.createDirectory(directory.resolve("data #1?")).resolve("metadata.db");
    }

    @Test
    void every_row_of_schema_1_is_kept() {
        migrateTo("1");
        try (var sql = Sqlite.connectWriter(Sqlite.url(file))) {
            sql.execute("pragma foreign_keys = off");
            tables(sql).forEach(table -> fill(sql, table));
        }
        var before = rows();

        Schema.migrate(Sqlite.url(file));

        assertThat(before)
                .hasSizeGreaterThan(25)
                .allSatisfy((table, rows) -> assertThat(rows).as(table).isEqualTo(1));
        assertThat(rows()).containsAllEntriesOf(before);
        try (var sql = Sqlite.connectReader(Sqlite.url(file))) {
            assertThat(sql.list("pragma foreign_key_check", row -> row.getString(1)))
                    .isEmpty();
        }
    }

    /// Whoever has data has them by this text, and is refused by Flyway when it is another one.
    @Test
    void a_push_that_has_a_copy_of_its_rules_is_signed_by_it_and_the_next_one_by_those_in_force() {
        var profile = "arn:aws:signer:eu-west-1:123456789012:/signing-profiles/";
        var pusher = new Pusher("AIDA1", new Origin("10.0.0.7", true, "docker/28", "r-1"));
        migrateTo("19");
        try (var sql = Sqlite.connectWriter(Sqlite.url(file))) {
            sql.execute("insert into registry values (1, '123456789012', 'eu-west-1', null)");
            sql.execute("insert into registry_signing values (1, '%sci')".formatted(profile));
            sql.update(
                    "insert into signing_push values (1, 2, 3, x'01%s', ?, ?, 4)".formatted("ab".repeat(32)),
                    pusher.text(),
                    profile + "qa a*");
        }

        try (var store = SqliteMetadataStore.open(file);
                var sql = Sqlite.connectReader(Sqlite.url(file))) {
            var pushes = store.read(tx -> tx.signings().pushes(9));
            assertThat(pushes).singleElement().satisfies(push -> {
                assertThat(push.rules().text()).isEqualTo(profile + "qa a*");
                assertThat(push.isOld()).isTrue();
            });
            var inForce = "select v.rules from registry_signing s join signing_rules v on v.id = s.rules_id";
            assertThat(sql.one(inForce, row -> row.getString(1))).contains(profile + "ci");
            store.transact(tx -> {
                tx.signings().settle(pushes.getFirst());
                return pushes;
            });
            var left = store.read(tx -> tx.signings().pushes(9));
            assertThat(left).isEmpty();
        }
    }

    /// Flyway is left out where there is nothing or all of it, and must never find that out.
    @Test
    void tables_that_are_made_at_once_are_those_that_flyway_makes() {
        migrateTo("latest");
        var byFlyway = List.of(madeTables(), history());
        file = directory.resolve("at-once.db");
        Sqlite.create(file);

        Schema.migrate(Sqlite.url(file));

        assertThat(List.of(madeTables(), history())).isEqualTo(byFlyway);
        Flyway.configure()
                .dataSource(Sqlite.url(file), null, null)
                .locations("classpath:db/sqlite")
                .load()
                .validate();
    }

    private List<String> madeTables() {
        return texts("select type || ' ' || name || ' ' || coalesce(sql, '') from sqlite_master order by 1");
    }

    private List<String> history() {
        return texts("select installed_rank || version || description || type || script || checksum || installed_by"
                + " || success from flyway_schema_history order by installed_rank");
    }

    private List<String> texts(String query) {
        try (var sql = Sqlite.connectReader(Sqlite.url(file))) {
            return sql.list(query, row -> row.getString(1));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            update flyway_schema_history set checksum = 7 where version = '2'         | checksum mismatch
            update flyway_schema_history set description = 'x' where version = '2'    | description mismatch
            update flyway_schema_history set success = 0 where version = '20'         | Detected failed migration
            update flyway_schema_history set type = 'JDBC' where version = '2'        | not resolved locally
            """)
    void a_history_that_is_not_this_programs_is_refused_by_flyway(String change, String why) {
        SqliteMetadataStore.open(file).close();
        try (var sql = Sqlite.connectWriter(Sqlite.url(file))) {
            sql.execute(change);
        }

        assertThatThrownBy(() -> SqliteMetadataStore.open(file)).hasMessageContaining(why);
    }

    @Test
    void tables_that_somebody_else_made_are_refused_by_flyway() {
        Sqlite.create(file);
        try (var sql = Sqlite.connectWriter(Sqlite.url(file))) {
            sql.execute("create table other (id integer)");
        }

        assertThatThrownBy(() -> SqliteMetadataStore.open(file)).hasMessageContaining("non-empty schema");
    }

    @Test
    void what_is_missing_of_the_scripts_is_made_up_for() {
        migrateTo("19");

        SqliteMetadataStore.open(file).close();

        assertThat(history()).hasSize(Scripts.latest());
    }

    @Test
    void schema_1_is_as_it_was_written() {
        migrateTo("1");
        try (var sql = Sqlite.connectReader(Sqlite.url(file))) {
            assertThat(sql.one("select checksum from flyway_schema_history", row -> row.getInt(1)))
                    .contains(-17247049);
        }
    }

    @Test
    void whoever_only_reads_is_told_that_tables_are_not_up_to_date() {
        migrateTo("1");
        assertThatThrownBy(() -> new SqliteReader(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file + " has an older schema than this program: serve its folder once");

        Schema.migrate(Sqlite.url(file));

        new SqliteReader(file).close();
        try (var sql = Sqlite.connectReader(Sqlite.url(file))) {
            var last = "select script from flyway_schema_history order by installed_rank desc limit 1";
            assertThat(sql.one(last, row -> row.getString(1))).contains(Scripts.LATEST);
        }
    }

    @Test
    void tables_from_before_schema_1_are_refused_and_stay_as_they_are() throws IOException {
        madeBy("update flyway_schema_history set script = 'V1__tables.sql'");
        var before = files();

        assertRefused("was made before schema 1, by a state that was never released: begin with a new data folder");

        assertThat(files()).isEqualTo(before).containsOnlyKeys("metadata.db");
    }

    @Test
    void tables_of_a_later_program_are_refused_and_stay_as_they_are() throws IOException {
        madeBy(LATER);
        var before = files();

        assertRefused("has a newer schema than this program knows (V9999__later.sql)");

        assertThat(files()).isEqualTo(before).containsOnlyKeys("metadata.db");
    }

    @Test
    void what_only_the_log_tells_of_a_later_program_is_seen_and_stays_there() throws IOException {
        madeBy("select 1");
        var killed = directory.resolve("killed");
        try (var sql = Sqlite.connectWriter(Sqlite.url(file))) {
            sql.execute(LATER);
            Files.createDirectory(killed);
            Files.copy(file, killed.resolve("metadata.db"));
            Files.copy(Path.of(file + "-wal"), killed.resolve("metadata.db-wal"));
        }
        file = killed.resolve("metadata.db");
        var before = files();

        assertRefused("has a newer schema than this program knows (V9999__later.sql)");

        var after = files();
        after.remove("metadata.db-shm"); // where SQLite's processes meet; it holds nothing of its own
        assertThat(after).isEqualTo(before);
    }

    private static final String LATER = "insert into flyway_schema_history"
            + " (installed_rank, version, description, type, script, installed_by, execution_time, success)"
            + " values (9999, '9999', 'later', 'SQL', 'V9999__later.sql', '', 0, 1)";

    /// Leaves a database alone in its folder, in the state after a statement.
    private void madeBy(String statement) throws IOException {
        migrateTo("1");
        try (var sql = Sqlite.connectWriter(Sqlite.url(file))) {
            sql.execute(statement);
        }
    }

    private void assertRefused(String why) {
        assertThatThrownBy(() -> SqliteMetadataStore.open(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file + " " + why);
        assertThatThrownBy(() -> new SqliteReader(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(why);
    }

    private Map<String, String> files() throws IOException {
        var contents = new TreeMap<String, String>();
        try (var files = Files.list(file.getParent())) {
            for (var each : files.toList()) {
                contents.put(each.getFileName().toString(), Files.readString(each, ISO_8859_1));
            }
        }
        return contents;
    }

    private Map<String, Integer> rows() {
        try (var sql = Sqlite.connectReader(Sqlite.url(file))) {
            return tables(sql).stream()
                    .collect(Collectors.toMap(
                            table -> table,
                            table -> sql.one("select count(*) from " + table, row -> row.getInt(1))
                                    .orElseThrow()));
        }
    }

    private static List<String> tables(Sql sql) {
        return sql.list(
                "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
                        + " and name not like 'flyway_%'",
                row -> row.getString(1));
    }

    /// One row, all ones, which therefore names those of the other tables.
    private static void fill(Sql sql, String table) {
        var ones = sql.list("select type from pragma_table_info(?)", row -> row.getString(1), table).stream()
                .map(type -> type.equals("blob") ? "x'01'" : "1")
                .collect(Collectors.joining(", "));
        sql.execute("insert into %s values (%s)".formatted(table, ones));
    }

    private void migrateTo(String version) {
        Sqlite.create(file);
        Flyway.configure()
                .dataSource(Sqlite.url(file), null, null)
                .locations("classpath:db/sqlite")
                .target(version)
                .load()
                .migrate();
    }
}
