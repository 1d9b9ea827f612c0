package entrepot.store.postgres;

import entrepot.store.sql.Scripts;
import entrepot.store.sql.Sql;
import entrepot.store.sql.SqlFailure;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// The tables: `V1__schema.sql` as a whole, and each later change of them as a script with the next number. They lie
/// in the current schema: the first along the database's search path that exists.
record PostgresSchema(Pool pool, PostgresPlace place) {

    private static final Scripts SCRIPTS = new Scripts("/db/postgres/");
    private static final String IS_THERE = "select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            + " where n.nspname = current_schema() and c.relname = 'flyway_schema_history'";

    /// Makes the tables, or brings them up to date; one process at a time, and the others find it done. Flyway is
    /// loaded only where they are not up to date.
    void migrate() {
        requireKnown();
        if (!isCurrent()) {
            migrateByFlyway();
        }
    }

    /// Whether Flyway would find nothing to do, and nothing to refuse.
    boolean isCurrent() {
        return pool.<Boolean>lend(false, (sql, slot) -> isThere(sql) && SCRIPTS.isCurrent(sql));
    }

    private void migrateByFlyway() {
        try {
            Flyway.configure()
                    .dataSource(pool.source())
                    .locations("classpath:" + SCRIPTS.folder())
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw failure(e);
        }
    }

    /// A server that went away meanwhile, or is too busy, is one that cannot be reached yet.
    private RuntimeException failure(FlywayException e) {
        return e.getCause() instanceof SQLException cause && Outcome.isAway(cause)
                ? new SqlFailure(cause)
                : Scripts.refused(place.toString(), "cannot be brought to this program's schema: " + e.getMessage());
    }

    /// Fails with UncheckedIOException if there are no tables of this program.
    void requireThere() {
        requireKnown();
        if (!pool.<Boolean>lend(false, (sql, slot) -> isThere(sql))) {
            throw Scripts.refused(place.toString(), "holds no registry");
        }
    }

    /// The same where they are not up to date either.
    void requireCurrent() {
        requireThere();
        var isCurrent = pool.<Boolean>lend(false, (sql, slot) -> SCRIPTS.of(sql).contains(Scripts.LATEST));
        if (!isCurrent) {
            throw Scripts.refused(
                    place.toString(),
                    "has an older schema than this program: start a node once, which brings it up to date");
        }
    }

    /// Fails with UncheckedIOException, having written nothing, if the tables are not of this program.
    void requireKnown() {
        var isUtf8 = pool.lend(false, (sql, slot) -> {
            if (isThere(sql)) {
                SCRIPTS.requireKnown(place.toString(), sql);
            }
            return sql.one("select 1 where current_setting('server_encoding') = 'UTF8'", row -> true);
        });
        if (isUtf8.isEmpty()) {
            throw Scripts.refused(place.toString(), "is not encoded in UTF8");
        }
    }

    /// The scripts that the tables went through.
    List<String> scripts() {
        return pool.lend(false, (sql, slot) -> isThere(sql) ? SCRIPTS.of(sql) : List.of());
    }

    /// Whether they are where Flyway makes them: in the current schema, and in none further along the search path.
    private static boolean isThere(Sql sql) {
        return sql.one(IS_THERE, row -> true).isPresent();
    }
}
