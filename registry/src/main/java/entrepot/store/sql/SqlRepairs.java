package entrepot.store.sql;

import entrepot.domain.BlobKey;
import entrepot.store.Garbage.Amount;
import entrepot.store.Layers.Blob;
import entrepot.store.Repairs;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Column `damage` of table `blob`, and table `blob_walk`.
record SqlRepairs(Sql sql) implements Repairs {

    static final String MARKED = SqlLayers.BLOB + " where id > ? and damage is not null order by id limit ?";

    static final String COUNT = "select count(*) from blob where damage is not null";

    /// One text for each place where a row names a key.
    static final List<String> NAMED = List.of(
            "select storage_key from blob where storage_key in (*)",
            "select id from upload where id in (*) and blob_key is null",
            "select blob_key from upload where blob_key in (*)",
            "select storage_key from blob_delete where storage_key in (*)");

    @Override
    public boolean mark(BlobKey key, String damage) {
        return sql.update(
                        "update blob set damage = ? where storage_key = ? and damage is null",
                        damage.replace("\0", ""),
                        key.value())
                > 0;
    }

    @Override
    public boolean unmark(BlobKey key) {
        return sql.update("update blob set damage = null where storage_key = ? and damage is not null", key.value())
                > 0;
    }

    @Override
    public long marked() {
        return sql.one(COUNT, row -> row.getLong(1)).orElse(0L);
    }

    @Override
    public List<Blob> marked(long afterId, int limit) {
        return sql.list(MARKED, SqlLayers::blob, afterId, limit);
    }

    @Override
    public Amount stored() {
        return sql.one(
                        "select count(*), coalesce(sum(size), 0) from blob",
                        row -> new Amount(row.getLong(1), row.getLong(2)))
                .orElse(Amount.NONE);
    }

    @Override
    public Set<BlobKey> named(Collection<BlobKey> keys) {
        var texts = keys.stream().map(BlobKey::value).toList();
        var named = new HashSet<BlobKey>();
        NAMED.forEach(text -> named.addAll(sql.listIn(text, row -> new BlobKey(row.getString(1)), texts)));
        return named;
    }

    @Override
    public Optional<Walk> walk(String name) {
        return sql.one(
                "select name, began_at, ended_at, after_blob, after_repo, blobs, bytes from blob_walk where name = ?",
                SqlRepairs::walk,
                name);
    }

    @Override
    public void walked(Walk walk) {
        sql.later(
                "insert into blob_walk (name, began_at, ended_at, after_blob, after_repo, blobs, bytes)"
                        + " values (?, ?, ?, ?, ?, ?, ?) on conflict (name) do update set began_at = excluded.began_at,"
                        + " ended_at = excluded.ended_at, after_blob = excluded.after_blob,"
                        + " after_repo = excluded.after_repo, blobs = excluded.blobs, bytes = excluded.bytes",
                walk.name(),
                walk.began(),
                walk.ended(),
                walk.afterBlob(),
                walk.afterRepository(),
                walk.looked().blobs(),
                walk.looked().bytes());
    }

    private static Walk walk(ResultSet row) throws SQLException {
        return new Walk(
                row.getString(1),
                Columns.instant(row, 2),
                Columns.optionalInstant(row, 3),
                row.getLong(4),
                row.getLong(5),
                new Amount(row.getLong(6), row.getLong(7)));
    }
}
