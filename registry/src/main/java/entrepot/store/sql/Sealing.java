package entrepot.store.sql;

import entrepot.store.seal.SecretBox;
import entrepot.store.seal.ServerKey;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Finds the box that a database's secrets are sealed in. A sealed value of its own tells whether a key is the right
/// one; a database without it is new.
public record Sealing(Sql sql, ServerKey key) {

    private static final String MARK = "server-key-check";

    /// Fails with UncheckedIOException if the database has a key that is not there, or not the one.
    public SecretBox box() {
        try {
            var mark = sql.one("select value from secret where name = ?", row -> row.getBytes(1), MARK);
            return mark.isPresent() ? opened(mark.get()) : begun();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SecretBox opened(byte[] mark) throws IOException {
        if (!key.exists()) {
            throw new IOException(key.file() + " is missing, and the secrets in the database cannot be opened without");
        }
        var box = key.read();
        try {
            box.open(SqlAccessKeys.secretName(MARK), mark);
            return box;
        } catch (IllegalStateException e) {
            throw new IOException(key.file() + " is not the key of this database", e);
        }
    }

    /// The key is durable before anything is sealed under it.
    private SecretBox begun() throws IOException {
        var box = key.exists() ? key.read() : key.create();
        var mark = box.seal(SqlAccessKeys.secretName(MARK), new byte[] {1});
        sql.update("insert into secret (name, value) values (?, ?)", MARK, mark);
        return box;
    }
}
