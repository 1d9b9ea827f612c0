package entrepot.store.sqlite;

import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import entrepot.store.seal.SecretBox;
import entrepot.store.seal.ServerKey;
import entrepot.store.sql.HalfMoved;
import entrepot.store.sql.Sealing;
import entrepot.store.sql.Sql;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
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
    private final String place;

    private SqliteMetadataStore(Sql sql, GroupCommit writer, Reading reading, String place) {
        this.place = place;
        this.sql = sql;
        this.writer = writer;
        this.reading = reading;
        writer.start();
    }

    /// Opens the database in `file`, which is made for its owner alone if it is not there, and brings its tables up to
    /// date. Its secrets are sealed under the key in `server.key` beside it, which is made with it.
    public static SqliteMetadataStore open(Path file) {
        return open(file, ServerKey.beside(file));
    }

    /// The same, under a key that may be elsewhere.
    ///
    /// Fails with UncheckedIOException if the database has a key and that is not there, or if its tables are not of
    /// this program.
    public static SqliteMetadataStore open(Path file, ServerKey key) {
        Schema.requireKnown(file);
        Sqlite.create(file);
        var url = Sqlite.url(file);
        var sql = Sqlite.connectWriter(url);
        Schema.migrate(url);
        HalfMoved.refuse(sql, file.toString());
        var box = new Sealing(sql, key).box();
        var leases = new OwnLeases();
        var readers = new Readers(() -> Sqlite.connectReader(url), reader -> Sqlite.transaction(reader, box, leases));
        return new SqliteMetadataStore(sql, writer(sql, box, leases), readers, file.toString());
    }

    /// A store that is gone when it is closed. Its reads wait for its writes, so it is for tests.
    public static SqliteMetadataStore inMemory() {
        var url = "jdbc:sqlite:file:%s?mode=memory&cache=shared".formatted(UUID.randomUUID());
        var sql = Sqlite.connectWriter(url);
        Schema.migrate(url);
        var box = SecretBox.random();
        var leases = new OwnLeases();
        var writer = writer(sql, box, leases);
        var reading = sql.reading();
        var onTheWriter = new Reading.OnTheWriter(writer, reading, Sqlite.transaction(reading, box, leases));
        return new SqliteMetadataStore(sql, writer, onTheWriter, "memory");
    }

    @Override
    public <T> T transact(Function<Transaction, T> work) {
        return writer.run(work);
    }

    @Override
    public <T> T read(Function<Transaction, T> work) {
        return reading.run(work);
    }

    @Override
    public <T> T ask(Function<Transaction, T> question) {
        return reading.ask(question);
    }

    @Override
    public long accessChanges() {
        return writer.accessChanges();
    }

    @Override
    public OptionalLong state() {
        return writer.state();
    }

    /// Of the connections that read; there is one that writes, for whose turns others wait elsewhere.
    @Override
    public Optional<Load> load() {
        return reading instanceof Readers readers ? Optional.of(readers.load()) : Optional.empty();
    }

    /// How many commits there were, for one of which many transactions may have waited.
    long commits() {
        return writer.commits();
    }

    /// How many statements were run; of use while none runs.
    long statements() {
        return writer.statements() + (reading instanceof Readers readers ? readers.statements() : 0);
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

    @Override
    public String toString() {
        return "SQLite in " + place;
    }

    private static GroupCommit writer(Sql sql, SecretBox box, OwnLeases leases) {
        return new GroupCommit(sql, Sqlite.transaction(sql, box, leases));
    }
}
