package entrepot.store.postgres;

import entrepot.store.Line;
import entrepot.store.seal.KeyFile;
import entrepot.store.seal.ServerKey;
import entrepot.store.sql.Engine;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// One server of PostgreSQL for all tests of a process, from Maven's binaries for Linux on x86, or the one that
/// `-Dentrepot.test.postgres=jdbc:postgresql://host:port/%s` names, whose user `postgres` may do everything. Each
/// store has a database of its own, which is a copy of one that has the tables. What is written is not made durable.
public final class TestPostgres {

    static final ServerKey KEY = new ServerKey.Given("A".repeat(43) + "=", "the tests' key");

    private static final String URL = System.getProperty("entrepot.test.postgres");
    private static final int CONNECTIONS = 8;
    private static final PostgresPlace.Times SHORT = new PostgresPlace.Times(
            Duration.ofSeconds(2), PostgresPlace.Times.USUAL.statement(), PostgresPlace.Times.USUAL.attempts());
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String PREFIX =
            "entrepot_%d_".formatted(ProcessHandle.current().pid());
    private static final List<String> MADE = new ArrayList<>();

    /// As a replica does it, without a look at references.
    private static final String EMPTY = """
            do $$ declare t text; begin
                set local session_replication_role = replica;
                for t in select tablename from pg_tables
                    where schemaname = 'public' and tablename not in ('flyway_schema_history', 'gc_clock') loop
                    execute 'delete from ' || t;
                end loop;
                update gc_clock set ticked_by = '', freed_blobs = 0, freed_bytes = 0, walked_repo = 0,
                    walked_blob = 0, walked_at = 0;
            end $$""";

    /// Asks a user for the password, before the rules that are there.
    private static final String GUARD = """
            do $$ declare rules text := current_setting('hba_file'); begin
                execute format('copy (select ''host all USER all scram-sha-256'' union all select line from'
                    || ' regexp_split_to_table(%L, e''\\n'') as line where length(line) > 0'
                    || ') to %L with (format csv, quote e''\\x01'', delimiter e''\\x02'')', pg_read_file(rules), rules);
                perform pg_reload_conf();
            end $$""";

    private TestPostgres() {}

    /// An empty store.
    public static PostgresMetadataStore store() {
        return PostgresMetadataStore.open(place(), KEY);
    }

    /// The same, where what is lost is tried again for so long.
    static PostgresMetadataStore store(Duration attempts) {
        var usual = PostgresPlace.Times.USUAL;
        var place = place();
        var times = new PostgresPlace.Times(usual.connecting(), usual.statement(), attempts);
        return PostgresMetadataStore.open(
                new PostgresPlace(place.url(), place.user(), place.password(), place.connections(), times), KEY);
    }

    /// How it spells what engines spell differently.
    public static Engine engine() {
        return new PostgresEngine();
    }

    /// An empty database with the tables.
    static PostgresPlace place() {
        return place(emptyDatabase());
    }

    static PostgresPlace place(String database) {
        return new PostgresPlace(url(database), "postgres", "", CONNECTIONS);
    }

    /// What a server is told to have an empty database.
    ///
    /// @param folder for the file of its key
    public static Map<String, String> settings(Path folder) {
        return settings(folder, place());
    }

    public static Map<String, String> settings(Path folder, Line line) {
        return settings(folder, through(line.port(), place()));
    }

    public static Line line() {
        return new Line(port());
    }

    /// Without the password.
    public static Map<String, String> settings(Path folder, PostgresPlace place) {
        var key = folder.resolve("shared.key");
        try {
            KeyFile.write(key, ServerKey.random());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "metadata.type", "postgres",
                "metadata.url", place.url(),
                "metadata.user", place.user(),
                "metadata.pool", String.valueOf(place.connections()),
                "server-key-file", key.toString());
    }

    /// An empty database for a user who is let in by this password alone.
    public static PostgresPlace guarded(String password) {
        var name = newDatabase("template1");
        execute("postgres", "create role %s login password '%s'".formatted(name, password));
        execute("postgres", "alter database %s owner to %s".formatted(name, name));
        var before = rulesRead();
        execute("postgres", GUARD.replace("USER", name));
        while (rulesRead().equals(before)) {
            LockSupport.parkNanos(10_000_000);
        }
        return new PostgresPlace(url(name), name, password, CONNECTIONS);
    }

    /// When the server last read who is let in, which it does some time after it is told to.
    private static String rulesRead() {
        try (var connection = connect("postgres");
                var sql = connection.createStatement();
                var row = sql.executeQuery("select pg_conf_load_time()")) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A new one, in which nobody has had rows.
    public static PostgresPlace fresh() {
        return place(newDatabase(Template.NAME));
    }

    /// A database without tables.
    static PostgresPlace bare() {
        return place(newDatabase("template1"));
    }

    /// One that no store has open any more, emptied, since to make one takes longer.
    private static synchronized String emptyDatabase() {
        for (var name : MADE) {
            if (isFree(name)) {
                execute(name, EMPTY);
                return name;
            }
        }
        var name = newDatabase(Template.NAME);
        MADE.add(name);
        return name;
    }

    private static boolean isFree(String database) {
        try (var connection = connect("postgres");
                var sql = connection.createStatement();
                var row = sql.executeQuery("select 1 from pg_stat_activity where datname = '%s'".formatted(database))) {
            return !row.next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String newDatabase(String template) {
        var name = PREFIX + NUMBER.incrementAndGet();
        execute("postgres", "create database %s template %s".formatted(name, template));
        return name;
    }

    static void execute(PostgresPlace place, String statement) {
        execute(() -> DriverManager.getConnection(place.url(), place.user(), place.password()), statement);
    }

    private static void execute(String database, String statement) {
        execute(() -> connect(database), statement);
    }

    private interface Connecting {
        Connection connect() throws SQLException;
    }

    private static void execute(Connecting connecting, String statement) {
        try (var connection = connecting.connect();
                var sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static int port() {
        return URI.create(url("any").substring("jdbc:".length())).getPort();
    }

    /// The same database by another way, on this machine.
    static PostgresPlace through(int port, PostgresPlace place) {
        var url = place.url().replaceFirst("//[^/]+/", "//127.0.0.1:" + port + "/");
        return new PostgresPlace(url, place.user(), place.password(), place.connections(), SHORT);
    }

    static Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), "postgres", "");
    }

    static String url(String database) {
        return URL == null
                ? "jdbc:postgresql://localhost:%d/%s".formatted(Embedded.SERVER.getPort(), database)
                : URL.formatted(database);
    }

    private static final class Template {

        static final String NAME = create();

        private static String create() {
            var name = PREFIX + "template";
            execute("postgres", "create database %s template template0 encoding 'UTF8'".formatted(name));
            PostgresMetadataStore.open(place(name), KEY).close();
            execute(name, EMPTY); // it had a key
            return name;
        }
    }

    private static final class Embedded {

        static final EmbeddedPostgres SERVER = start();

        /// The port that it draws is free before it unpacks and fills its folder; somebody may take it meanwhile.
        private static EmbeddedPostgres start() {
            for (var tries = 1; ; tries++) {
                try {
                    var server = begun();
                    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
                    return server;
                } catch (IOException e) {
                    if (tries == 3) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        }

        private static EmbeddedPostgres begun() throws IOException {
            return EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("synchronous_commit", "off")
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start();
        }

        private static void close(EmbeddedPostgres server) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
