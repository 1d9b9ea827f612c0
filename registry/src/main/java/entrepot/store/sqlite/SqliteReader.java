package entrepot.store.sqlite;

import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import entrepot.store.seal.SecretBox;
import java.nio.file.Path;
import java.util.function.Function;

/// The metadata of another process, or of none, to be read only, without what is secret.
public final class SqliteReader implements MetadataStore {

    private final Path file;
    private final Readers readers;

    /// Opens the database in `file`, whose tables must be up to date. Fails with UncheckedIOException if they are not
    /// of this program.
    public SqliteReader(Path file) {
        Schema.requireKnown(file);
        this.file = file;
        readers = new Readers(() -> Sqlite.connectReader(Sqlite.url(file)), SecretBox.random());
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
