package entrepot.store.sqlite;

import entrepot.store.sql.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.flywaydb.core.Flyway;

/// The tables: `V1__schema.sql` as a whole, and each later change of them as a script with the next number. A database
/// keeps, in Flyway's table, which of them it went through.
final class Schema {

    private static final String FOLDER = "/db/sqlite/";
    private static final String FIRST = "V1__schema.sql";

    /// The newest of them.
    static final String LATEST = "V3__encryption.sql";

    private static final String BEFORE_SCHEMA_1 =
            "was made before schema 1, by a state that was never released: begin with a new data folder";

    private Schema() {}

    /// Makes the tables, or brings them up to date.
    static void migrate(String url) {
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:" + FOLDER)
                .load()
                .migrate();
    }

    /// Fails with UncheckedIOException, having written nothing, if the tables in `file` are not of this program.
    static void requireKnown(Path file) {
        var scripts = scripts(file);
        if (!scripts.isEmpty() && !scripts.getFirst().equals(FIRST)) {
            throw refused(file, BEFORE_SCHEMA_1);
        }
        for (var script : scripts) {
            if (Schema.class.getResource(FOLDER + script) == null) {
                throw refused(file, "has a newer schema than this program knows (%s)".formatted(script));
            }
        }
    }

    /// The same where they are not up to date either, for whoever only reads.
    static void requireCurrent(Path file) {
        requireKnown(file);
        if (!scripts(file).contains(LATEST)) {
            throw refused(
                    file, "has an older schema than this program: serve its folder once, which brings it up to date");
        }
    }

    /// Those that the database went through, in order; none if it is new.
    private static List<String> scripts(Path file) {
        if (Files.notExists(file)) {
            return List.of();
        }
        try (var sql = Sqlite.connectOnlooker(file)) {
            return sql.one("select 1 from sqlite_master where name = 'flyway_schema_history'", row -> true)
                            .isEmpty()
                    ? List.of()
                    : scripts(sql);
        }
    }

    private static List<String> scripts(Sql sql) {
        return sql.list(
                "select script from flyway_schema_history where version is not null order by installed_rank",
                row -> row.getString(1));
    }

    private static UncheckedIOException refused(Path file, String why) {
        return new UncheckedIOException(new IOException(file + " " + why));
    }
}
