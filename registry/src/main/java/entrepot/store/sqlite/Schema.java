package entrepot.store.sqlite;

import entrepot.store.sql.HalfMoved;
import entrepot.store.sql.Scripts;
import entrepot.store.sql.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;

/// The tables: `V1__schema.sql` as a whole, and each later change of them as a script with the next number. A database
/// keeps, in Flyway's table, which of them it went through.
final class Schema {

    private static final Scripts SCRIPTS = new Scripts("/db/sqlite/");

    private Schema() {}

    /// Makes the tables, or brings them up to date.
    static void migrate(String url) {
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:" + SCRIPTS.folder())
                .load()
                .migrate();
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
