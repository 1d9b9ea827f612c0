package entrepot.store.sql;

import entrepot.store.seal.SecretBox;
import entrepot.store.seal.ServerKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/// Finds the box that a database's secrets are sealed in. A sealed value of its own tells whether a key is the right
/// one; a database without it is new.
public record Sealing(Sql sql, ServerKey key) {

    static final String MARK = "server-key-check";

    /// Fails with UncheckedIOException if the database has a key that is not there, or not the one.
    public SecretBox box() {
        try {
            var mark = mark();
            return mark.isPresent() ? opened(mark.get()) : begun();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The same where nothing is to be written: a database without secrets fails as well.
    public SecretBox boxThere(String place) {
        try {
            return opened(mark().orElseThrow(() -> new IOException(place + " holds no registry")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<byte[]> mark() {
        return mark(sql);
    }

    /// No other database has the same.
    static Optional<byte[]> mark(Sql sql) {
        return sql.one("select value from secret where name = ?", row -> row.getBytes(1), MARK);
    }

    private SecretBox opened(byte[] mark) throws IOException {
        var box = key.find()
                .orElseThrow(() -> new IOException(
                        key.place() + " is missing, and the secrets in the database cannot be opened without"));
        try {
            box.open(SqlAccessKeys.secretName(MARK), mark);
            return box;
        } catch (IllegalStateException e) {
            throw new IOException(key.place() + " is not the key of this database", e);
        }
    }

    /// The key is durable before anything is sealed under it. Of two who begin at once one is the first, and the other
    /// must have its key.
    private SecretBox begun() throws IOException {
        var found = key.find();
        var box = found.isPresent() ? found.get() : key.create();
        sql.update(
                "insert into secret (name, value) values (?, ?) on conflict do nothing",
                MARK,
                box.seal(SqlAccessKeys.secretName(MARK), new byte[] {1}));
        return opened(mark().orElseThrow());
    }
}
