package entrepot.store.sql;

import java.util.List;

/// Takes away the rows of deleted repositories, few at a time, so that no other transaction waits long.
record Purge(Sql sql) {

    /// After what waits of them, as whoever collects locks them. The blobs may be in no other repository.
    private static final String LAYERS = "delete from repo_blob where (repo_id, blob_id) in"
            + " (select repo_id, blob_id from repo_blob where repo_id = ? limit ?)";

    /// Whose blobs may be in nobody's use.
    private static final String KEPT =
            "delete from history_image where id in (select id from history_image where repo_id = ? limit ?)";

    /// What names rows goes before the rows it names. An upload leaves its bytes to be deleted, unless they became
    /// a blob.
    static final List<String> TABLES = List.of(
            "delete from tag where (repo_id, name) in (select repo_id, name from tag where repo_id = ? limit ?)",
            "delete from manifest_child where (repo_id, child_id, parent_id) in"
                    + " (select repo_id, child_id, parent_id from manifest_child where repo_id = ? limit ?)",
            "delete from manifest_blob where (repo_id, blob_id, manifest_id) in"
                    + " (select repo_id, blob_id, manifest_id from manifest_blob where repo_id = ? limit ?)",
            "delete from manifest where id in (select id from manifest where repo_id = ? limit ?)",
            "delete from gc_link where (repo_id, blob_id, since, manifest_id) in"
                    + " (select repo_id, blob_id, since, manifest_id from gc_link where repo_id = ? limit ?)",
            LAYERS,
            KEPT,
            "delete from history_event where id in (select id from history_event where repo_id = ? limit ?)",
            "delete from history_policy where repo_id in (select repo_id from history_policy where repo_id = ? limit ?)",
            "delete from cache_check where (repo_id, name) in"
                    + " (select repo_id, name from cache_check where repo_id = ? limit ?)",
            "delete from cache_import where (repo_id, reference) in"
                    + " (select repo_id, reference from cache_import where repo_id = ? limit ?)",
            "delete from lifecycle_policy where repo_id in (select repo_id from lifecycle_policy where repo_id = ? limit ?)",
            "delete from lifecycle_preview_image where (preview_id, place) in"
                    + " (select preview_id, place from lifecycle_preview_image where repo_id = ? limit ?)",
            "delete from lifecycle_preview where id in (select id from lifecycle_preview where repo_id = ? limit ?)",
            "delete from scan_push where manifest_id in (select manifest_id from scan_push where repo_id = ? limit ?)",
            // before what it found, which is added only as long as there is the scan
            "delete from image_scan where id in (select id from image_scan where repo_id = ? limit ?)",
            "delete from image_finding where (scan_id, severity, place) in"
                    + " (select scan_id, severity, place from image_finding where repo_id = ? limit ?)",
            "delete from image_components where manifest_id in"
                    + " (select manifest_id from image_components where repo_id = ? limit ?)",
            "delete from signing_push where id in (select id from signing_push where repo_id = ? limit ?)",
            "delete from push_to_sign where id in (select id from push_to_sign where repo_id = ? limit ?)",
            "delete from image_signing where (manifest_id, profile) in"
                    + " (select manifest_id, profile from image_signing where repo_id = ? limit ?)",
            "delete from resource_tag where (repo_id, name) in"
                    + " (select repo_id, name from resource_tag where repo_id = ? limit ?)",
            "delete from image_count where (repo_id, slot) in"
                    + " (select repo_id, slot from image_count where repo_id = ? limit ?)");

    private static final String UPLOADS = "select id from upload where repo_id = ? limit ?";

    /// Removes up to about `rows` rows. Says whether there may be more. What has lost some of them is had back no more.
    boolean run(long repository, int rows) {
        sql.update("update repository set deleted_since = null where id = ? and deleted_since is not null", repository);
        return sql.one("select 1 from repository where id = ? and deleted_at is not null", row -> true, repository)
                        .isPresent()
                && purge(repository, rows);
    }

    private boolean purge(long repository, int rows) {
        sql.engine().findByIndexes((text, values) -> sql.list(text, row -> true, values));
        int left = rows - purgeUploads(repository, rows);
        for (var table : TABLES) {
            if (left > 0) {
                left -= purge(table, repository, left);
            }
        }
        return left <= 0 || sql.update("delete from repository where id = ?", repository) == 0;
    }

    private int purge(String table, long repository, int rows) {
        return switch (table) {
            case LAYERS -> purgeLayers(repository, rows);
            case KEPT -> new SqlKeptImages(sql).dropOf(repository, rows);
            default -> sql.update(table, repository, rows);
        };
    }

    private int purgeLayers(long repository, int rows) {
        var blobs = sql.deleted(LAYERS + " returning blob_id", repository, rows);
        SqlLooseBlobs.add(sql, blobs);
        return blobs.size();
    }

    private int purgeUploads(long repository, int rows) {
        var uploads = sql.list(UPLOADS, row -> row.getString(1), repository, rows);
        sql.updateIn(
                "insert into blob_delete (storage_key, not_before) select coalesce(blob_key, id),"
                        + " (select deleted_at from repository where id = repo_id) from upload"
                        + " where not exists (select 1 from blob where storage_key = coalesce(upload.blob_key, upload.id)) and id in (*)"
                        + " on conflict do nothing",
                uploads);
        return sql.updateIn("delete from upload where id in (*)", uploads);
    }
}
