package entrepot.store.sql;

import entrepot.store.BackupHold;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A row of `backup_hold`, through a connection that commits by itself. Whoever finds one that is over takes it away.
public final class SqlBackupHold implements BackupHold {

    /// Bytes whose rows were written before this may be deleted.
    static String before(Engine engine) {
        return "(select coalesce(min(since), 9223372036854775807) from backup_hold counted where until > "
                + engine.clock() + ")";
    }

    /// A row may be seen later than it was written, if its transaction took so long; then it is seen by the
    /// backup as if its blob were in use.
    private static final Duration LONGEST_WRITE = Duration.ofMinutes(5);

    private final Supplier<Sql> opening;
    private @Nullable Sql sql;
    private final String id = UUID.randomUUID().toString();
    private @Nullable Long since;

    /// @param opening connects, when it is first needed and after the database was away
    public SqlBackupHold(Supplier<Sql> opening) {
        this.opening = opening;
    }

    /// Where it was over meanwhile, what is left is held as before. A connection that fails is given up for another
    /// one.
    @Override
    public void renew(Duration duration) {
        var before = sql;
        try {
            renew(connected(), duration);
        } catch (SqlFailure e) {
            drop();
            if (before == null) {
                throw e;
            }
            renew(connected(), duration);
        }
    }

    private Sql connected() {
        var open = sql == null ? opening.get() : sql;
        sql = open;
        return open;
    }

    private void drop() {
        var broken = sql;
        sql = null;
        try {
            if (broken != null) {
                broken.close();
            }
        } catch (SqlFailure alreadyClosed) {
            // which is what was wanted
        }
    }

    private void renew(Sql sql, Duration duration) {
        if (since == null) {
            since = sql.one("select now from gc_clock where number = 1", row -> row.getLong(1))
                            .orElseThrow()
                    - SqlGarbage.micros(LONGEST_WRITE);
        }
        var clock = sql.engine().clock();
        sql.update("delete from backup_hold where until <= " + clock);
        sql.update(
                "insert into backup_hold (id, since, until) values (?, ?, " + clock + " + ?)"
                        + " on conflict (id) do update set until = excluded.until",
                id,
                since,
                SqlGarbage.micros(duration));
    }

    @Override
    public void close() {
        try (var last = connected()) {
            last.update("delete from backup_hold where id = ?", id);
        }
    }
}
