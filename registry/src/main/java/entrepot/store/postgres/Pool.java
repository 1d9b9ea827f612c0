package entrepot.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import entrepot.store.MetadataStore;
import entrepot.store.StoreAwayException;
import entrepot.store.sql.Sql;
import entrepot.store.sql.SqlFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/// A few connections, lent in the order of asking: the pool itself lets who comes late overtake who waits, with pauses
/// of seconds for many callers on virtual threads.
final class Pool implements AutoCloseable {

    private static final Duration WHILE_AWAY = Duration.ofSeconds(1);

    private static final long ONCE = 1;
    private static final long WHEN_ASKED = -1;

    private final HikariDataSource source;
    private final Semaphore free;
    private final Queue<Integer> slots;
    private final boolean mayPrepare;

    /// Of those who ask while the database is away one tries, and the others do not wait as long.
    private final Semaphore trial = new Semaphore(1);

    private volatile boolean away;

    /// Work on a connection that nobody else has meanwhile.
    ///
    /// @param <T> what comes of it
    interface Work<T> {
        /// Does it.
        ///
        /// @param slot a number that no other work of this process has now
        T on(Sql sql, int slot);
    }

    /// Whoever is not let in is told at once; a server that is away is waited for when one asks.
    ///
    /// Fails with [UncheckedIOException] of what [PostgresPlace#refusal] says.
    Pool(PostgresPlace place) {
        this.source = source(place);
        this.mayPrepare = !place.url().contains("prepareThreshold");
        this.free = new Semaphore(place.connections(), true);
        this.slots = new ConcurrentLinkedQueue<>(
                IntStream.range(0, place.connections()).boxed().toList());
    }

    /// The pool would ask again and again, whatever the server said, until its time is over.
    private static HikariDataSource source(PostgresPlace place) {
        try {
            return new HikariDataSource(config(place, ONCE));
        } catch (HikariPool.PoolInitializationException e) {
            if (e.getCause() instanceof SQLException refused && isFinal(place.refusal(refused))) {
                throw new UncheckedIOException(place.refusal(refused));
            }
            return new HikariDataSource(config(place, WHEN_ASKED));
        }
    }

    private static boolean isFinal(IOException refusal) {
        return !(refusal instanceof StoreAwayException);
    }

    /// @param connecting when the pool is made
    private static HikariConfig config(PostgresPlace place, long connecting) {
        var config = new HikariConfig();
        config.setJdbcUrl(place.url());
        config.setUsername(place.user());
        config.setPassword(place.password());
        config.setMaximumPoolSize(place.connections());
        config.setMinimumIdle(Math.min(2, place.connections()));
        config.setConnectionTimeout(place.times().connecting().toMillis());
        config.setValidationTimeout(place.times().connecting().toMillis() / 2);
        config.setInitializationFailTimeout(connecting);
        config.setPoolName("metadata");
        config.setExceptionOverrideClassName(Eviction.class.getName());
        place.properties().forEach(config::addDataSourceProperty);
        return config;
    }

    /// For who manages connections on their own.
    DataSource source() {
        return source;
    }

    <T> T lend(boolean writable, Work<T> work) {
        requireFree();
        var slot = slots.remove();
        try (var sql = new Sql(connect(), writable, new PostgresEngine())) {
            return work.on(sql, slot);
        } finally {
            slots.add(slot);
            free.release();
        }
    }

    private Connection connect() {
        if (!away) {
            return tried();
        }
        if (!isGiven(trial, WHILE_AWAY)) {
            throw new SqlFailure(new SQLTransientConnectionException("the database is away"));
        }
        try {
            return tried();
        } finally {
            trial.release();
        }
    }

    private Connection tried() {
        try {
            var connection = source.getConnection();
            away = false;
            prepare(connection);
            return connection;
        } catch (SQLException e) {
            away = true;
            throw new SqlFailure(withState(e));
        }
    }

    private void prepare(Connection connection) throws SQLException {
        if (mayPrepare) {
            try {
                Preparing.on(connection);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }
    }

    /// The pool tells why it gave up in words of its own, with what the server said as the cause.
    private static SQLException withState(SQLException e) {
        return e.getSQLState() == null && e.getCause() instanceof SQLException cause && cause.getSQLState() != null
                ? cause
                : e;
    }

    private void requireFree() {
        if (source.isClosed()) {
            throw new IllegalStateException("the store is closed");
        }
        if (!isGiven(free, Duration.ofMillis(source.getConnectionTimeout()))) {
            throw new SqlFailure(new SQLTransientConnectionException("all connections are busy"));
        }
    }

    private static boolean isGiven(Semaphore permits, Duration wait) {
        try {
            return permits.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Closing twice is not an error.
    @Override
    public void close() {
        source.close();
    }

    /// How many connections are lent, and how many wait for one.
    MetadataStore.Load load() {
        var pool = source.getHikariPoolMXBean();
        var active = source.getMaximumPoolSize() - free.availablePermits();
        return new MetadataStore.Load(active, pool == null ? 0 : pool.getIdleConnections(), free.getQueueLength());
    }

    /// How many connections are lent, for people to read.
    @Override
    public String toString() {
        return "%d of %d free".formatted(free.availablePermits(), slots.size());
    }
}
