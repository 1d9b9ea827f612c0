package entrepot.store.sql;

import entrepot.domain.StoredImage;
import entrepot.store.History.Gone;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Table `history_image` and those of what belongs to a deleted image. They hold its blobs, whatever repositories have.
record SqlKeptImages(Sql sql) {

    /// As [ManifestRow] reads a manifest, and then when it was deleted. What comes back is active, wherever it was.
    static final String GONE =
            "id, digest, media_type, artifact_type, subject, size, image_size, pushed_at, 0, pulled_at,"
                    + " 'ACTIVE', cast(null as bigint), cast(null as bigint), deleted_at";

    private static final int DELETED_AT = ManifestRow.WIDTH + 1;

    /// What rows of `manifest` and `history_image` have in common.
    static final String SAME = "id, repo_id, digest, media_type, artifact_type, subject, size, image_size, pushed_at,"
            + " converted_digest, pulled_at";

    private static final String IMAGE = "insert into history_image (" + SAME + ", deleted_at, since) select " + SAME
            + ", ?, " + SqlGarbage.NOW + " from manifest where id = ?";

    /// Each with the manifest's id.
    private static final List<String> PARTS = List.of(
            "insert into history_piece (manifest_id, number, repo_id, bytes) select c.manifest_id, 0, m.repo_id, c.bytes"
                    + " from manifest_content c join manifest m on m.id = c.manifest_id where c.manifest_id = ?",
            "insert into history_piece (manifest_id, number, repo_id, bytes)"
                    + " select p.manifest_id, p.number, m.repo_id, p.bytes"
                    + " from manifest_piece p join manifest m on m.id = p.manifest_id where p.manifest_id = ?",
            "insert into history_blob (blob_id, manifest_id, repo_id, media_type)"
                    + " select n.blob_id, n.manifest_id, n.repo_id, r.media_type from manifest_blob n join repo_blob r"
                    + " on r.repo_id = n.repo_id and r.blob_id = n.blob_id where n.manifest_id = ? order by n.blob_id",
            "insert into history_name (manifest_id, digest, repo_id, is_absent)"
                    + " select c.parent_id, m.digest, c.repo_id, 0 from manifest_child c join manifest m on m.id = c.child_id"
                    + " where c.parent_id = ?",
            "insert into history_name (manifest_id, digest, repo_id, media_type, is_absent)"
                    + " select manifest_id, digest, repo_id, media_type, 1 from manifest_absent where manifest_id = ?"
                    + " on conflict do nothing",
            "insert into history_referrer"
                    + " (manifest_id, repo_id, artifact_type, annotations_size, annotations, is_orphan)"
                    + " select manifest_id, repo_id, artifact_type, annotations_size, annotations, is_orphan"
                    + " from referrer where manifest_id = ?");

    static final String DUE = "select id from history_image where since <= ? order by since limit ?";

    private static final String OF_REPOSITORY = "select id from history_image where repo_id = ? limit ?";

    private static final String BLOBS = "select blob_id from history_blob where manifest_id in (*)";

    /// Before its rows go.
    void keep(StoredImage image, Instant at) {
        sql.later(IMAGE, at, image.id());
        PARTS.forEach(part -> sql.later(part, image.id()));
    }

    static Gone gone(ResultSet row) throws SQLException {
        return new Gone(ManifestRow.image(row), Columns.instant(row, DELETED_AT));
    }

    /// Drops those that were kept since then at least, but no more than so many, and says how many.
    int dropUntil(Instant until, int limit) {
        return drop(sql.list(DUE + sql.engine().free(), row -> row.getLong(1), until, limit));
    }

    /// The same of a repository.
    int dropOf(long repository, int limit) {
        return drop(sql.list(OF_REPOSITORY, row -> row.getLong(1), repository, limit));
    }

    /// Their blobs may be in nobody's use. In the order of blobs, as everybody locks them.
    private int drop(Collection<Long> images) {
        var blobs = sql.listIn(BLOBS, row -> row.getLong(1), images);
        SqlLooseBlobs.add(sql, new ArrayList<>(blobs));
        return sql.updateIn("delete from history_image where id in (*)", images);
    }
}
