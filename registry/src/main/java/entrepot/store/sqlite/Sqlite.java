package entrepot.store.sqlite;

import entrepot.domain.EveryApiError;
import entrepot.domain.RegistryException;
import entrepot.store.seal.SecretBox;
import entrepot.store.sql.Engine;
import entrepot.store.sql.Sql;
import entrepot.store.sql.SqlFailure;
import entrepot.store.sql.SqlTransaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// All that is SQLite's own: how its connections are set up, how a write begins, what its errors mean.
final class Sqlite {

    /// Takes the lock at once, and not at the first write, when it may be too late.
    static final String BEGIN_WRITING = "begin immediate";

    /// With one writer no row is hot.
    private static final int COUNTER_SLOT = 0;

    /// Earlier ones can corrupt a database when its log is reset (sqlite.org/wal.html, "The WAL-Reset Bug").
    private static final int[] OLDEST = {3, 51, 3};

    /// One thread has all the writes and all the checkpoints; 16,000 pages of log are 64 MiB.
    private static final List<String> WRITER = List.of(
            "pragma journal_mode = wal",
            "pragma synchronous = full",
            "pragma foreign_keys = on",
            "pragma busy_timeout = 10000",
            "pragma cache_size = -65536",
            "pragma wal_autocheckpoint = 16000",
            "pragma journal_size_limit = 134217728");

    private static final List<String> READER = List.of(
            "pragma busy_timeout = 10000",
            "pragma cache_size = -8192",
            "pragma wal_autocheckpoint = 0",
            "pragma query_only = on");

    private static final List<String> BESIDE =
            List.of("pragma busy_timeout = 10000", "pragma synchronous = full", "pragma wal_autocheckpoint = 0");

    private static final List<SQLiteErrorCode> NO_ROOM = List.of(
            SQLiteErrorCode.SQLITE_FULL, SQLiteErrorCode.SQLITE_IOERR_WRITE, SQLiteErrorCode.SQLITE_IOERR_SHMSIZE);

    static final Engine ENGINE = new Engine.OneWriter();

    private Sqlite() {}

    static String url(Path file) {
        return "jdbc:sqlite:" + file.toAbsolutePath();
    }

    /// Makes the file if it is not there, for its owner alone; SQLite gives its log the same rights.
    static void create(Path file) {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            // with whatever rights its owner has given it since
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Sql connectWriter(String url) {
        var sql = connect(url, true, WRITER);
        var version =
                sql.one("select sqlite_version()", row -> row.getString(1)).orElseThrow();
        requireVersion(version);
        return sql;
    }

    static Sql connectReader(String url) {
        return connect(url, false, READER);
    }

    /// For a few small writes beside the one writer, which neither begin a file nor put the log into it.
    static Sql connectBeside(Path file) {
        return connect("jdbc:sqlite:" + file.toUri() + "?mode=rw", true, BESIDE);
    }

    /// For whoever is alone with a database, to be told when to commit.
    static Connection connection(String url, boolean writable) {
        return connection(url, writable ? WRITER : READER);
    }

    /// For whoever makes the tables, before anybody has set how its file is kept, or beside who has.
    static Connection plainConnection(String url) {
        return connection(url, List.of());
    }

    /// For a look at a database that is not to change: no log is begun, and none is put into the file.
    static Sql connectOnlooker(Path file) {
        var hasLog = Files.exists(Path.of(file + "-wal"));
        return connect("jdbc:sqlite:" + file.toUri() + (hasLog ? "?mode=ro" : "?immutable=1"), false, List.of());
    }

    /// The tables through a connection that is nobody's else.
    static SqlTransaction transaction(Sql sql, SecretBox box) {
        return transaction(sql, box, new OwnLeases());
    }

    /// The same.
    ///
    /// @param leases of the process, which all its connections have in common
    static SqlTransaction transaction(Sql sql, SecretBox box, OwnLeases leases) {
        return SqlTransaction.on(sql, COUNTER_SLOT, box, leases);
    }

    /// Puts the log into the database file, so that one file is all there is to copy. Without room for that the log
    /// stays beside the file; nothing is lost.
    static void checkpoint(Sql sql) {
        try {
            sql.one("pragma wal_checkpoint(truncate)", row -> row.getInt(1));
        } catch (SqlFailure e) {
            if (!isNoRoom(e.sqlException())) {
                throw e;
            }
        }
    }

    static void requireVersion(String version) {
        var numbers =
                Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
        if (Arrays.compare(numbers, OLDEST) < 0) {
            throw new IllegalStateException("SQLite %s is older than 3.51.3".formatted(version));
        }
    }

    /// What the caller is told of a failure.
    static Throwable failure(Throwable cause) {
        return cause instanceof SqlFailure sql && isNoRoom(sql.sqlException())
                ? new RegistryException(new EveryApiError.StorageFull())
                : cause;
    }

    private static boolean isNoRoom(SQLException e) {
        return e instanceof SQLiteException sqlite && NO_ROOM.contains(sqlite.getResultCode());
    }

    private static Sql connect(String url, boolean writable, List<String> pragmas) {
        return new Sql(connection(url, pragmas), writable, ENGINE);
    }

    /// Nobody asks for generated keys, which the driver would fetch after each write.
    private static Connection connection(String url, List<String> pragmas) {
        var config = new SQLiteConfig();
        config.setGetGeneratedKeys(false);
        try {
            var connection = config.createConnection(url);
            try (var statement = connection.createStatement()) {
                for (var pragma : pragmas) {
                    statement.execute(pragma);
                }
            }
            return connection;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }
}
