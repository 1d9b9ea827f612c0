package entrepot.store.sqlite;

import entrepot.store.seal.SecretBox;
import entrepot.store.seal.ServerKey;
import entrepot.store.sql.Sql;
import entrepot.store.sql.SqlAccessKeys;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Finds the box that a database's secrets are sealed in, and seals them when that was not done yet. A sealed value of
/// its own tells whether it was, and whether a key is the right one.
record Sealing(Sql sql, ServerKey key) {

    private static final String MARK = "server-key-check";

    /// Fails with UncheckedIOException if the database was sealed and its key is not there, or not the one.
    SecretBox box() {
        try {
            var mark = sql.one("select value from secret where name = ?", row -> row.getBytes(1), MARK);
            return mark.isPresent() ? opened(mark.get()) : sealAll();
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

    /// The key is durable before anything is sealed under it. What was plain is overwritten, not only forgotten.
    private SecretBox sealAll() throws IOException {
        var box = key.exists() ? key.read() : key.create();
        sql.one("pragma secure_delete = on", row -> row.getInt(1));
        sql.execute(Sqlite.BEGIN_WRITING);
        try {
            seal(box);
            sql.execute("commit");
        } catch (RuntimeException e) {
            sql.rollback();
            throw e;
        }
        Sqlite.checkpoint(sql);
        sql.one("pragma secure_delete = off", row -> row.getInt(1));
        return box;
    }

    private void seal(SecretBox box) {
        for (var name : sql.list("select name from secret", row -> row.getString(1))) {
            var value = sql.one("select value from secret where name = ?", row -> row.getBytes(1), name);
            var boxed = box.seal(SqlAccessKeys.secretName(name), value.orElseThrow());
            sql.update("update secret set value = ? where name = ?", boxed, name);
        }
        for (var id : sql.list("select id from access_key", row -> row.getString(1))) {
            var secret = sql.one("select secret from access_key where id = ?", row -> row.getString(1), id);
            var boxed = SqlAccessKeys.sealText(box, id, secret.orElseThrow());
            sql.update("update access_key set secret = ? where id = ?", boxed, id);
        }
        var mark = box.seal(SqlAccessKeys.secretName(MARK), new byte[] {1});
        sql.update("insert into secret (name, value) values (?, ?)", MARK, mark);
    }
}
