package entrepot.store.postgres;

import entrepot.store.BackupHold;
import entrepot.store.MoveSource;
import entrepot.store.MoveTarget;
import entrepot.store.Occupant;
import entrepot.store.seal.SecretBox;
import entrepot.store.seal.ServerKey;
import entrepot.store.sql.HalfMoved;
import entrepot.store.sql.MoveEngine;
import entrepot.store.sql.Sealing;
import entrepot.store.sql.Sql;
import entrepot.store.sql.SqlBackupHold;
import entrepot.store.sql.SqlFailure;
import entrepot.store.sql.SqlLeases;
import entrepot.store.sql.SqlMoveSource;
import entrepot.store.sql.SqlMoveTarget;
import entrepot.store.sql.SqlTransaction;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/// A registry in PostgreSQL on its way out or in, through a connection of its own that may take its time.
public final class PostgresMove implements MoveEngine {

    private static final String LONG =
            "set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0";

    private final PostgresPlace place;
    private final Pool pool;
    private final Optional<Presence> presence;
    private final Connection connection;
    private final Sql sql;

    private PostgresMove(PostgresPlace place, Pool pool, Optional<Presence> presence) {
        this.place = place;
        this.pool = pool;
        this.presence = presence;
        this.connection = connect(place);
        this.sql = new Sql(connection, presence.isPresent(), new PostgresEngine());
    }

    /// The registry in a database, whose tables must be up to date.
    public static MoveSource source(PostgresPlace place, ServerKey key) {
        return opened(place, pool -> {
            new PostgresSchema(pool, place).requireCurrent();
            var box = pool.lend(false, (sql, slot) -> {
                HalfMoved.refuse(sql, place.toString());
                return new Sealing(sql, key).boxThere(place.toString());
            });
            return new SqlMoveSource(new PostgresMove(place, pool, Optional.empty()), box);
        });
    }

    /// The one that is to be in a database, whose tables are made if they are not there.
    public static MoveTarget target(PostgresPlace place, ServerKey key) {
        return opened(place, pool -> {
            new PostgresSchema(pool, place).migrate();
            var presence = new Presence(pool);
            presence.start();
            try {
                var box = pool.lend(true, (sql, slot) -> new Sealing(sql, key).box());
                return new SqlMoveTarget(new PostgresMove(place, pool, Optional.of(presence)), box);
            } catch (RuntimeException e) {
                presence.close();
                throw e;
            }
        });
    }

    /// Beside whoever serves the registry in a database.
    public static BackupHold hold(PostgresPlace place) {
        return new SqlBackupHold(() -> committing(place));
    }

    private static Sql committing(PostgresPlace place) {
        var connection = connect(place);
        try {
            connection.setAutoCommit(true);
            return new Sql(connection, true, new PostgresEngine());
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private interface Opening<T> {
        T in(Pool pool);
    }

    private static <T> T opened(PostgresPlace place, Opening<T> opening) {
        var pool = new Pool(place);
        try {
            return opening.in(pool);
        } catch (SqlFailure e) {
            pool.close();
            throw new UncheckedIOException(place.refusal(e.sqlException()));
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private static Connection connect(PostgresPlace place) {
        var properties = new Properties();
        properties.putAll(place.properties());
        properties.setProperty("user", place.user());
        properties.setProperty("password", place.password());
        properties.setProperty("socketTimeout", "0");
        properties.setProperty("reWriteBatchedInserts", "true");
        try {
            var connection = DriverManager.getConnection(place.url(), properties);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public Sql sql() {
        return sql;
    }

    @Override
    public SqlTransaction transaction(SecretBox box) {
        return SqlTransaction.on(sql, 0, box, new SqlLeases(sql));
    }

    /// What was read before was of a transaction of its own.
    @Override
    public void beginSnapshot() {
        execute("rollback; begin isolation level repeatable read read only; " + LONG);
    }

    @Override
    public void beginLong() {
        execute(LONG);
    }

    private void execute(String text) {
        try (var statement = connection.createStatement()) {
            statement.execute(text);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /// Of the sequence that numbers the rows.
    @Override
    public long lastId(String table) {
        return number("select greatest((select coalesce(max(id), 0) from %s),".formatted(table)
                + " (select case when is_called then last_value else 0 end from %s))".formatted(sequence(table)));
    }

    /// A sequence that never gave a number gives 1 next.
    @Override
    public void setLastId(String table, long id) {
        if (id > 0) {
            number("select setval('%s', %d)".formatted(sequence(table), id));
        }
    }

    private String sequence(String table) {
        return sql.one("select pg_get_serial_sequence(?, 'id')", row -> row.getString(1), table)
                .orElseThrow();
    }

    private long number(String query) {
        return sql.one(query, row -> row.getLong(1)).orElseThrow();
    }

    @Override
    public Optional<Occupant> inUse() {
        return presence.map(Presence::other).orElseGet(() -> Presence.anybody(pool));
    }

    @Override
    public void close() {
        presence.ifPresent(Presence::close);
        try (pool) {
            connection.close();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    @Override
    public String toString() {
        return "PostgreSQL at " + place;
    }
}
