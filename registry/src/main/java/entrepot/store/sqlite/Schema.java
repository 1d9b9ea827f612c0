package entrepot.store.sqlite;

import entrepot.store.sql.HalfMoved;
import entrepot.store.sql.Scripts;
import entrepot.store.sql.Sql;
import entrepot.store.sql.SqlFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;

/// The tables: `V1__schema.sql` as a whole, and each later change of them as a script with the next number. A database
/// keeps, in Flyway's table, which of them it went through.
final class Schema {

    private static final Scripts SCRIPTS = new Scripts("/db/sqlite/");

    /// As Flyway makes it (`SQLiteDatabase.getRawCreateScript`).
    private static final String HISTORY = """
            CREATE TABLE "flyway_schema_history" (
                "installed_rank" INT NOT NULL PRIMARY KEY,
                "version" VARCHAR(50),
                "description" VARCHAR(200) NOT NULL,
                "type" VARCHAR(20) NOT NULL,
                "script" VARCHAR(1000) NOT NULL,
                "checksum" INT,
                "installed_by" VARCHAR(100) NOT NULL,
                "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')),
                "execution_time" INT NOT NULL,
                "success" BOOLEAN NOT NULL
            );
            CREATE INDEX "flyway_schema_history_s_idx" ON "flyway_schema_history" ("success");
            """;

    private Schema() {}

    /// Makes the tables, or brings them up to date. Flyway is loaded for tables that are there and not up to date
    /// alone, as it takes longer than all the rest of a start.
    static void migrate(String url) {
        if (!isCurrentOrMade(url)) {
            Flyway.configure()
                    .dataSource(url, null, null)
                    .locations("classpath:" + SCRIPTS.folder())
                    .load()
                    .migrate();
        }
    }

    private static boolean isCurrentOrMade(String url) {
        try (var connection = Sqlite.plainConnection(url);
                var sql = new Sql(connection, true, Sqlite.ENGINE)) {
            if (isThere(sql)) {
                return SCRIPTS.isCurrent(sql);
            }
            return isEmpty(sql) && isMade(sql, connection);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static boolean isEmpty(Sql sql) {
        return sql.one("select 1 from sqlite_master", row -> true).isEmpty();
    }

    /// All at once, so that after a crash there is nothing or all of it.
    private static boolean isMade(Sql sql, Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            sql.execute(Sqlite.BEGIN_WRITING);
            SCRIPTS.make(sql, HISTORY, text -> run(statement, text));
            sql.execute("commit");
            return true;
        }
    }

    /// SQLite's driver runs all statements of an update.
    private static void run(Statement statement, String text) {
        try {
            statement.executeUpdate(text);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /// Fails with UncheckedIOException, having written nothing, if the tables in `file` are not of this program.
    static void requireKnown(Path file) {
        if (Files.exists(file)) {
            try (var sql = Sqlite.connectOnlooker(file)) {
                if (isThere(sql)) {
                    SCRIPTS.requireKnown(file.toString(), sql);
                }
            }
        }
    }

    /// The same where they are not up to date either, or a registry is still on its way there, for whoever only reads.
    static void requireCurrent(Path file) {
        requireKnown(file);
        if (!isCurrent(file)) {
            throw Scripts.refused(
                    file.toString(),
                    "has an older schema than this program: serve its folder once, which brings it up to date");
        }
        try (var sql = Sqlite.connectOnlooker(file)) {
            HalfMoved.refuse(sql, file.toString());
        }
    }

    private static boolean isCurrent(Path file) {
        if (Files.notExists(file)) {
            return false;
        }
        try (var sql = Sqlite.connectOnlooker(file)) {
            return isThere(sql) && SCRIPTS.of(sql).contains(Scripts.LATEST);
        }
    }

    private static boolean isThere(Sql sql) {
        return sql.one("select 1 from sqlite_master where name = 'flyway_schema_history'", row -> true)
                .isPresent();
    }
}
