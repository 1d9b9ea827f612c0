package entrepot.store.sql;

import entrepot.domain.BlobKey;
import entrepot.store.ArchivedBlobs;
import entrepot.store.Layers.Blob;
import java.util.List;
import java.util.Optional;

/// Tables `archived_blob` and `archive_look`.
record SqlArchivedBlobs(Sql sql) implements ArchivedBlobs {

    static final String LOOKS = "select distinct blob_id from archive_look order by blob_id limit ?";

    private static final String HOLD = "select manifest_id from archive_look where blob_id = ? order by manifest_id";

    private static final String IS_ARCHIVED = "exists (select 1 from archived_blob a where a.blob_id = b.id)";

    private static final String IS_USED =
            "exists (select 1 from manifest_blob n join manifest m on m.id = n.manifest_id"
                    + " where n.repo_id = r.repo_id and n.blob_id = r.blob_id and m.status <> 'ARCHIVED')";

    /// No manifest names it that is not archived. What is to go there besides is in some repository, and in none
    /// without
    /// a manifest that names it; what is there already and in nobody's use is not brought back to be deleted.
    private static final String BELONGS_THERE = "case when " + IS_ARCHIVED
            + " then not exists (select 1 from repo_blob r where r.blob_id = b.id and " + IS_USED + ")"
            + " else exists (select 1 from repo_blob r where r.blob_id = b.id)"
            + " and not exists (select 1 from repo_blob r where r.blob_id = b.id and (not " + SqlLayers.NAMED + " or "
            + IS_USED + ")) end";

    static final String LYING = "select b.id, b.digest, b.size, b.storage_key, b.data_keys, b.damage, " + IS_ARCHIVED
            + ", "
            + BELONGS_THERE + " from blob b where b.id = ?";

    static final String NEXT_IMAGES =
            "select manifest_id from archived_image where manifest_id > ? order by manifest_id limit ?";

    private static final String LOOK_AT_IMAGES = "insert into archive_look (blob_id, manifest_id)"
            + " select n.blob_id, n.manifest_id from manifest_blob n"
            + " where not exists (select 1 from archived_blob a where a.blob_id = n.blob_id)"
            + " and n.manifest_id in (*) order by n.blob_id, n.manifest_id" + SqlArchive.ANYWAY;

    static final String NEXT_BLOBS = "select blob_id from archived_blob where blob_id > ? order by blob_id limit ?";

    @Override
    public List<Long> looks(int limit) {
        return sql.list(LOOKS, row -> row.getLong(1), limit);
    }

    @Override
    public List<BlobKey> keys(int limit) {
        return sql.list(
                "select b.storage_key from archived_blob a join blob b on b.id = a.blob_id order by a.blob_id limit ?",
                row -> new BlobKey(row.getString(1)),
                limit);
    }

    @Override
    public Optional<Lying> lying(long blob) {
        return sql.one(LYING, row -> new Lying(SqlLayers.blob(row), row.getBoolean(7), row.getBoolean(8)), blob);
    }

    @Override
    public Looks hold(long blob) {
        return new Looks(blob, sql.list(HOLD + sql.engine().alone(), row -> row.getLong(1), blob));
    }

    @Override
    public void settle(Looks held) {
        held.manifests()
                .forEach(manifest -> sql.later(
                        "delete from archive_look where blob_id = ? and manifest_id = ?", held.blob(), manifest));
    }

    @Override
    public void moved(Blob seen, BlobKey to, boolean archived) {
        sql.exactly(
                1,
                "update blob set storage_key = ?, damage = null where id = ? and storage_key = ?",
                to.value(),
                seen.id(),
                seen.key().value());
        sql.exactly(1, "delete from blob_delete where storage_key = ?", to.value());
        sql.later(
                archived
                        ? "insert into archived_blob (blob_id) values (?) on conflict do nothing"
                        : "delete from archived_blob where blob_id = ?",
                seen.id());
    }

    @Override
    public Optional<Long> lookAtImages(long after, int limit) {
        var images = sql.list(NEXT_IMAGES, row -> row.getLong(1), after, limit);
        if (!images.isEmpty()) {
            sql.laterIn(LOOK_AT_IMAGES, images);
        }
        return images.stream().reduce((_, last) -> last);
    }

    @Override
    public Optional<Long> lookAtBlobs(long after, int limit) {
        var blobs = sql.list(NEXT_BLOBS, row -> row.getLong(1), after, limit);
        blobs.forEach(blob ->
                sql.later("insert into archive_look (blob_id, manifest_id) values (?, 0)" + SqlArchive.ANYWAY, blob));
        return blobs.stream().reduce((_, last) -> last);
    }
}
