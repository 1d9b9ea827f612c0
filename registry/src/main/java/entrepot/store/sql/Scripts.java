package entrepot.store.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// The scripts that made the tables of a database. It keeps, in Flyway's table, which of them it went through.
///
/// @param folder where this program has them
public record Scripts(String folder) {

    /// The newest of them.
    public static final String LATEST = "V23__untagged.sql";

    private static final String FIRST = "V1__schema.sql";
    private static final String BEFORE_SCHEMA_1 =
            "was made before schema 1, by a state that was never released: begin with a new data folder";

    /// The number of the newest of them.
    public static int latest() {
        return Integer.parseInt(LATEST.substring(1, LATEST.indexOf("__")));
    }

    /// Fails with UncheckedIOException if a database that has Flyway's table went through one that is not here.
    ///
    /// @param place what the database is called
    public void requireKnown(String place, Sql sql) {
        var scripts = of(sql);
        if (!scripts.isEmpty() && !scripts.getFirst().equals(FIRST)) {
            throw refused(place, BEFORE_SCHEMA_1);
        }
        for (var script : scripts) {
            if (Scripts.class.getResource(folder + script) == null) {
                throw refused(place, "has a newer schema than this program knows (%s)".formatted(script));
            }
        }
    }

    /// Those that a database with Flyway's table went through, in order.
    public List<String> of(Sql sql) {
        return sql.list(
                "select script from flyway_schema_history where version is not null order by installed_rank",
                row -> row.getString(1));
    }

    public static UncheckedIOException refused(String place, String why) {
        return new UncheckedIOException(new IOException(place + " " + why));
    }
}
