package entrepot.store.sqlite;

import entrepot.store.BackupHold;
import entrepot.store.MoveSource;
import entrepot.store.MoveTarget;
import entrepot.store.Occupant;
import entrepot.store.seal.SecretBox;
import entrepot.store.seal.ServerKey;
import entrepot.store.sql.MoveEngine;
import entrepot.store.sql.Sealing;
import entrepot.store.sql.Sql;
import entrepot.store.sql.SqlBackupHold;
import entrepot.store.sql.SqlFailure;
import entrepot.store.sql.SqlMoveSource;
import entrepot.store.sql.SqlMoveTarget;
import entrepot.store.sql.SqlTransaction;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// A registry in one file on its way out or in. Whoever moves it has its folder to himself.
public final class SqliteMove implements MoveEngine {

    private final Path file;
    private final Connection connection;
    private final Sql sql;
    private final boolean isTarget;

    private SqliteMove(Path file, boolean isTarget) {
        this.file = file;
        this.connection = Sqlite.connection(Sqlite.url(file), isTarget);
        this.sql = new Sql(connection, isTarget, Sqlite.ENGINE);
        this.isTarget = isTarget;
    }

    /// The registry in `file`, whose tables must be up to date.
    public static MoveSource source(Path file, ServerKey key) {
        Schema.requireCurrent(file);
        var move = new SqliteMove(file, false);
        try {
            return new SqlMoveSource(move.inTransactions(), new Sealing(move.sql, key).boxThere(file.toString()));
        } catch (RuntimeException e) {
            move.close();
            throw e;
        }
    }

    /// The one that is to be in `file`, which is made if it is not there.
    public static MoveTarget target(Path file, ServerKey key) {
        Schema.requireKnown(file);
        Sqlite.create(file);
        Schema.migrate(Sqlite.url(file));
        var move = new SqliteMove(file, true);
        try {
            var box = new Sealing(move.sql, key).box();
            return new SqlMoveTarget(move.inTransactions(), box);
        } catch (RuntimeException e) {
            move.close();
            throw e;
        }
    }

    /// Beside whoever writes the registry in `file`, who waits for it a moment.
    public static BackupHold hold(Path file) {
        return new SqlBackupHold(() -> Sqlite.connectBeside(file));
    }

    /// Brings the tables in `file` up to date, which is a copy that nobody else has.
    public static void upgrade(Path file) {
        Schema.requireKnown(file);
        Schema.migrate(Sqlite.url(file));
    }

    private SqliteMove inTransactions() {
        try {
            connection.setAutoCommit(false);
            return this;
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
        return Sqlite.transaction(sql, box);
    }

    /// What was read before began one.
    @Override
    public void beginSnapshot() {}

    @Override
    public void beginLong() {}

    /// Of tables that never use an id again SQLite keeps the largest one.
    @Override
    public long lastId(String table) {
        var inUse = "select coalesce(max(id), 0) from " + table;
        return sql.one(
                        "select max((" + inUse + "), coalesce((select seq from sqlite_sequence where name = ?), 0))",
                        row -> row.getLong(1),
                        table)
                .orElseThrow();
    }

    @Override
    public void setLastId(String table, long id) {
        if (sql.update("update sqlite_sequence set seq = ? where name = ?", id, table) == 0) {
            sql.update(
                    "insert into sqlite_sequence (name, seq) select name, ? from sqlite_master"
                            + " where name = ? and sql like '%autoincrement%'",
                    id, table);
        }
    }

    /// Who has its folder has it.
    @Override
    public Optional<Occupant> inUse() {
        return Optional.empty();
    }

    @Override
    public void close() {
        try (connection) {
            if (isTarget && !connection.getAutoCommit()) {
                connection.setAutoCommit(true);
                Sqlite.checkpoint(sql);
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
