package entrepot.store.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The scripts that made the tables of a database. It keeps, in Flyway's table, which of them it went through.
///
/// @param folder where this program has them
public record Scripts(String folder) {

    private static final List<String> NAMES = List.of(
            "V1__schema.sql",
            "V2__keys.sql",
            "V3__encryption.sql",
            "V4__cluster.sql",
            "V5__lifecycle.sql",
            "V6__collection.sql",
            "V7__turns.sql",
            "V8__pull_times.sql",
            "V9__history.sql",
            "V10__repair.sql",
            "V11__archive.sql",
            "V12__events.sql",
            "V13__templates.sql",
            "V14__pull_through_cache.sql",
            "V15__replication.sql",
            "V16__secrets.sql",
            "V17__scanning.sql",
            "V18__signing.sql",
            "V19__console.sql",
            "V20__signing_rules.sql",
            "V21__untagged.sql");

    /// The newest of them.
    public static final String LATEST = NAMES.getLast();

    private static final String FIRST = NAMES.getFirst();
    private static final String ROWS = "select version, description, type, script, checksum, success"
            + " from flyway_schema_history order by installed_rank";
    private static final String BEFORE_SCHEMA_1 =
            "was made before schema 1, by a state that was never released: begin with a new data folder";

    /// What Flyway keeps of a script that a database went through; of others some of it is null.
    record Row(
            @Nullable String version,
            String description,
            String type,
            String script,
            @Nullable Integer checksum,
            boolean isDone) {}

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

    /// Whether a database that has Flyway's table went through all of them, as they are here, and through nothing else,
    /// so that Flyway would find nothing to do and nothing to refuse.
    public boolean isCurrent(Sql sql) {
        var rows = sql.list(ROWS, Scripts::row);
        return rows.equals(all().map(Script::row).toList());
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                (Integer) row.getObject(5),
                row.getBoolean(6));
    }

    private Stream<Script> all() {
        return NAMES.stream().map(name -> Script.read(folder, name));
    }

    /// Makes all tables where there are none, with Flyway's, as it would after these scripts. Within a transaction.
    ///
    /// @param ownTable the statement that makes Flyway's
    /// @param runner runs all statements of a text
    public void make(Sql sql, String ownTable, Consumer<String> runner) {
        runner.accept(ownTable);
        var scripts = all().toList();
        for (int i = 0; i < scripts.size(); i++) {
            runner.accept(scripts.get(i).text());
            record(sql, i + 1, scripts.get(i).row());
        }
    }

    private static void record(Sql sql, int rank, Row row) {
        sql.update(
                "insert into flyway_schema_history (installed_rank, version, description, type, script, checksum,"
                        + " installed_by, execution_time, success) values (?, ?, ?, ?, ?, ?, '', 0, true)",
                rank,
                row.version(),
                row.description(),
                row.type(),
                row.script(),
                row.checksum());
    }

    public static UncheckedIOException refused(String place, String why) {
        return new UncheckedIOException(new IOException(place + " " + why));
    }
}
