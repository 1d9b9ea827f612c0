package entrepot.store.postgres;

import entrepot.store.sql.Sql;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has PostgreSQL look at tables that have grown to a multiple since it last did. It does so by itself once in a
/// minute; until then it takes any index of a table that was empty for as good as another, and connections keep plans
/// that go through all images of a repository for one of them. Source: PostgreSQL, "The Autovacuum Daemon".
final class GrownTables {

    private static final Logger LOG = LoggerFactory.getLogger(GrownTables.class);

    /// After so many writes of this process within a minute. Tables that are slower to grow can wait for theirs.
    private static final Set<Long> LOOKS = Set.of(500L, 2_000L, 8_000L, 32_000L);

    private static final long MINUTE_NANOS = 60_000_000_000L;

    /// By size, in pages; those of eight or fewer are quick in any way.
    private static final String GROWN = "select quote_ident(relname) from pg_class where relkind = 'r'"
            + " and relnamespace = (select relnamespace from pg_class where oid = to_regclass('manifest'))"
            + " and pg_relation_size(oid) / current_setting('block_size')::integer > 4 * greatest(relpages, 2)"
            + " order by oid";

    private final Pool pool;
    private final String begin;
    private final AtomicLong minute = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();

    GrownTables(Pool pool, PostgresPlace.Times times) {
        this.pool = pool;
        this.begin = Isolation.GUARDED.begin(false, times.statement().dividedBy(2));
    }

    /// Nobody waits for the look.
    void written() {
        var now = System.nanoTime() / MINUTE_NANOS;
        if (minute.getAndSet(now) != now) {
            writes.set(0);
        }
        if (LOOKS.contains(writes.incrementAndGet())) {
            Thread.ofVirtual().name("grown-tables").start(this::look);
        }
    }

    private void look() {
        try {
            inTime(sql -> sql.list(GROWN, row -> row.getString(1))).forEach(this::analyze);
        } catch (RuntimeException e) {
            LOG.debug("which tables have grown was not found out", e); // it will be, within the minute
        }
    }

    /// One at which somebody else looks, or which is being changed, is passed over.
    private void analyze(String table) {
        try {
            inTime(sql -> {
                sql.execute("analyze (skip_locked) " + table);
                return true;
            });
        } catch (RuntimeException e) {
            LOG.debug("{} has grown, and was not looked at", table, e);
        }
    }

    private <T> T inTime(Function<Sql, T> work) {
        return pool.lend(true, (sql, slot) -> {
            sql.beginWith(begin);
            try {
                var result = work.apply(sql);
                sql.execute("commit");
                return result;
            } catch (RuntimeException e) {
                sql.rollback();
                throw e;
            }
        });
    }
}
