package entrepot.store.postgres;

import entrepot.store.sql.Sql;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Table `node`: who has the database open to write, by the database's clock. A process says so every few seconds, and
/// takes its row away when it ends; one that was killed counts as there for a little while longer.
final class Presence implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

    private static final Duration EVERY = Duration.ofSeconds(3);
    private static final Duration LONGEST_END = Duration.ofSeconds(1);
    private static final Duration GONE_AFTER = Duration.ofSeconds(15);

    private static final String NOW = "cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)";

    private final Pool pool;
    private final String id = UUID.randomUUID().toString();
    private final Thread beating = Thread.ofVirtual().name("presence").unstarted(this::beat);
    private volatile boolean closed;

    Presence(Pool pool) {
        this.pool = pool;
    }

    /// It is there from now on.
    void start() {
        tell();
        beating.start();
    }

    /// Somebody else who is there.
    Optional<String> other() {
        return other(pool, id);
    }

    /// Somebody who is there.
    static Optional<String> anybody(Pool pool) {
        return other(pool, "");
    }

    private static Optional<String> other(Pool pool, String self) {
        return pool.lend(
                false,
                (sql, slot) -> sql.one(
                        "select name from node where id <> ? and seen_at > " + NOW + " - ? limit 1",
                        row -> row.getString(1),
                        self,
                        GONE_AFTER.toNanos() / 1_000));
    }

    private void beat() {
        while (!closed) {
            LockSupport.parkNanos(EVERY.toNanos());
            try {
                tell();
            } catch (RuntimeException e) {
                LOG.debug("this process cannot say that it is there", e); // nor can it do anything else there
            }
        }
    }

    /// Rows of processes that were killed go with those of the living.
    private void tell() {
        if (!closed) {
            pool.<Integer>lend(true, (sql, slot) -> {
                sql.update("delete from node where seen_at < " + NOW + " - ?", 100 * GONE_AFTER.toNanos() / 1_000);
                return sql.update(
                        "insert into node (id, name, seen_at) values (?, ?, " + NOW + ")"
                                + " on conflict (id) do update set seen_at = excluded.seen_at",
                        id,
                        ManagementFactory.getRuntimeMXBean().getName());
            });
        }
    }

    private int leave(Sql sql) {
        return sql.update("delete from node where id = ?", id);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(beating);
        try {
            if (beating.join(LONGEST_END)) {
                pool.<Integer>lend(true, (sql, slot) -> leave(sql));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.debug("this process cannot say that it ends", e); // its row is old soon
        }
    }
}
