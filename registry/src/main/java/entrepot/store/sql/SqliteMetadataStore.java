package entrepot.store.sql;

import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Function;

/// Metadata in one SQLite file, for one process.
///
/// A commit is on the disk before it is answered (write-ahead log, `synchronous=FULL`); [GroupCommit] has many share
/// one.
public final class SqliteMetadataStore implements MetadataStore {

    private final Sql sql;
    private final GroupCommit writer;
    private final Reading reading;

    private SqliteMetadataStore(Sql sql, GroupCommit writer, Reading reading) {
        this.sql = sql;
        this.writer = writer;
        this.reading = reading;
        writer.start();
    }

    /// Opens the database in `file`, which is made for its owner alone if it is not there, and brings its tables up to
    /// date.
    public static SqliteMetadataStore open(Path file) {
        Sqlite.create(file);
        var url = Sqlite.url(file);
        var sql = Sqlite.connectWriter(url);
        Sqlite.migrate(url);
        return new SqliteMetadataStore(sql, writer(sql), new Readers(() -> Sqlite.connectReader(url)));
    }

    /// A store that is gone when it is closed. Its reads wait for its writes, so it is for tests.
    public static SqliteMetadataStore inMemory() {
        var url = "jdbc:sqlite:file:%s?mode=memory&cache=shared".formatted(UUID.randomUUID());
        var sql = Sqlite.connectWriter(url);
        Sqlite.migrate(url);
        var writer = writer(sql);
        return new SqliteMetadataStore(
                sql, writer, new Reading.OnTheWriter(writer, SqlTransaction.on(sql.reading(), Sqlite.COUNTER_SLOT)));
    }

    @Override
    public <T> T transact(Function<Transaction, T> work) {
        return writer.run(work);
    }

    @Override
    public <T> T read(Function<Transaction, T> work) {
        return reading.run(work);
    }

    /// How many commits there were, for one of which many transactions may have waited.
    long commits() {
        return writer.commits();
    }

    /// Finishes what waits. Closing twice is not an error.
    @Override
    public void close() {
        if (writer.close()) {
            reading.close();
            Sqlite.checkpoint(sql);
            sql.close();
        }
    }

    private static GroupCommit writer(Sql sql) {
        return new GroupCommit(sql, SqlTransaction.on(sql, Sqlite.COUNTER_SLOT));
    }
}
