package entrepot.store.postgres;

import entrepot.store.sql.Sql;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How often any node has changed who may do what. Read a few times a second; where it could not be for a second, by
/// whoever asks.
final class AccessChanges implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AccessChanges.class);

    private static final Duration EVERY = Duration.ofMillis(250);
    private static final Duration TRUSTED_FOR = Duration.ofSeconds(1);

    /// Few changes meet in one, and all are added up quickly.
    private static final int SLOTS = 64;

    private static final String SUM = "select coalesce(sum(changes), 0) from access_change";

    private final LongSupplier ask;
    private final AtomicLong seen = new AtomicLong();
    private final AtomicLong own = new AtomicLong();
    private volatile long readAt = System.nanoTime() - TRUSTED_FOR.toNanos();
    private final Thread poller = Thread.ofVirtual().name("access-changes").unstarted(this::poll);
    private volatile boolean closed;

    /// @param ask reads the sum, as by [#sum]
    AccessChanges(LongSupplier ask) {
        this.ask = ask;
    }

    void start() {
        poller.start();
    }

    /// Counts a change in the transaction that makes it.
    static void count(Sql sql) {
        sql.update(
                "insert into access_change (slot, changes) values (?, 1)"
                        + " on conflict (slot) do update set changes = access_change.changes + 1",
                ThreadLocalRandom.current().nextInt(SLOTS));
    }

    static long sum(Sql sql) {
        return sql.one(SUM, row -> row.getLong(1)).orElseThrow();
    }

    /// This process has committed a change, which its next request feels.
    void committed() {
        own.incrementAndGet();
    }

    /// Grows with each change; this process's own are counted twice, first when they are made and then when they are
    /// read.
    long number() {
        if (System.nanoTime() - readAt > TRUSTED_FOR.toNanos()) {
            read();
        }
        return seen.get() + own.get();
    }

    /// It never goes back, whichever of two reads ends first.
    private void read() {
        var from = System.nanoTime();
        var sum = ask.getAsLong();
        seen.accumulateAndGet(sum, Math::max);
        readAt = from;
    }

    private void poll() {
        while (!closed) {
            try {
                read();
            } catch (RuntimeException e) {
                LOG.debug("the number of changes cannot be read", e); // whoever asks is told
            }
            LockSupport.parkNanos(EVERY.toNanos());
        }
    }

    /// Waits for the read that is under way.
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(poller);
        try {
            poller.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
