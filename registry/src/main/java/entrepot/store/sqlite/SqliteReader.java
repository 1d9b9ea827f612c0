package entrepot.store.sqlite;

import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import entrepot.store.seal.SecretBox;
import entrepot.store.seal.ServerKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The metadata of another process, or of none, to be read only; what is secret only by whom its owner lets read the
/// server's key.
public final class SqliteReader implements MetadataStore {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteReader.class);

    private final Path file;
    private final Readers readers;

    /// Opens the database in `file`, whose tables must be up to date. Fails with UncheckedIOException if they are not.
    public SqliteReader(Path file) {
        this(file, ServerKey.beside(file));
    }

    /// The same, with a key that may be elsewhere.
    public SqliteReader(Path file, ServerKey key) {
        Schema.requireCurrent(file);
        this.file = file;
        var box = box(key);
        readers = new Readers(() -> Sqlite.connectReader(Sqlite.url(file)), sql -> Sqlite.transaction(sql, box));
    }

    /// Who may not read the key reads all that is not secret.
    private static SecretBox box(ServerKey key) {
        try {
            return key.find().orElseGet(SecretBox::random);
        } catch (IOException e) {
            LOG.debug("nothing secret can be read", e);
            return SecretBox.random();
        }
    }

    @Override
    public <T> T transact(Function<Transaction, T> work) {
        throw new UnsupportedOperationException("this store is only read");
    }

    @Override
    public <T> T read(Function<Transaction, T> work) {
        return readers.run(work);
    }

    @Override
    public <T> T ask(Function<Transaction, T> question) {
        return readers.ask(question);
    }

    @Override
    public long accessChanges() {
        return 0; // this store makes none
    }

    @Override
    public void close() {
        readers.close();
    }

    @Override
    public String toString() {
        return "SQLite, read only, in " + file;
    }
}
