package entrepot.store.sql;

import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import java.time.Instant;

/// Puts a deleted image back into the tables that it was in.
record SqlRestore(Sql sql, Repository repository, StoredImage image) {

    private static final String MANIFEST = "insert into manifest (" + SqlKeptImages.SAME + ") select "
            + SqlKeptImages.SAME + " from history_image where id = ? and repo_id = ?";

    private static final String CONTENT = "insert into manifest_content (manifest_id, bytes)"
            + " select manifest_id, bytes from history_piece where manifest_id = ? and number = 0";

    private static final String PIECES = "insert into manifest_piece (manifest_id, number, bytes)"
            + " select manifest_id, number, bytes from history_piece where manifest_id = ? and number > 0";

    private static final String BLOBS =
            "select b.id, b.digest, b.size, b.storage_key, b.data_keys, b.damage from history_blob h"
                    + " join blob b on b.id = h.blob_id where h.manifest_id = ? order by b.id";

    private static final String NAME_BLOBS =
            "update repo_blob set media_type = (select h.media_type from history_blob h"
                    + " where h.blob_id = repo_blob.blob_id and h.manifest_id = ?) where repo_id = ? and media_type is null"
                    + " and blob_id in (select blob_id from history_blob where manifest_id = ?)";

    private static final String NAMED_BLOBS = "insert into manifest_blob (repo_id, blob_id, manifest_id)"
            + " select repo_id, blob_id, manifest_id from history_blob where manifest_id = ?";

    /// What was lacking then may have come since.
    private static final String ARRIVED_BLOBS = "insert into manifest_blob (repo_id, blob_id, manifest_id)"
            + " select r.repo_id, r.blob_id, n.manifest_id from history_name n join blob b on b.digest = n.digest"
            + " join repo_blob r on r.blob_id = b.id and r.repo_id = n.repo_id"
            + " where n.manifest_id = ? and n.media_type is not null on conflict do nothing";

    private static final String CHILDREN = "insert into manifest_child (repo_id, child_id, parent_id)"
            + " select m.repo_id, m.id, n.manifest_id from history_name n"
            + " join manifest m on m.repo_id = n.repo_id and m.digest = n.digest"
            + " where n.manifest_id = ? and n.media_type is null";

    private static final String ABSENT = "insert into manifest_absent (repo_id, digest, manifest_id, media_type)"
            + " select n.repo_id, n.digest, n.manifest_id, n.media_type from history_name n where n.manifest_id = ?"
            + " and not exists (select 1 from manifest_child c join manifest m on m.id = c.child_id"
            + " where n.media_type is null and c.parent_id = n.manifest_id and m.digest = n.digest)"
            + " and not exists (select 1 from manifest_blob c join blob b on b.id = c.blob_id"
            + " where n.media_type is not null and c.manifest_id = n.manifest_id and b.digest = n.digest)";

    /// It is as orphaned as it was, unless what it is about is there; or deleted meanwhile.
    private static final String REFERRER = "insert into referrer"
            + " (manifest_id, repo_id, subject, artifact_type, annotations_size, annotations, is_orphan)"
            + " select r.manifest_id, r.repo_id, i.subject, r.artifact_type, r.annotations_size, r.annotations,"
            + " case when exists (select 1 from manifest m where m.repo_id = i.repo_id and m.digest = i.subject) then 0"
            + " when exists (select 1 from history_image s where s.repo_id = i.repo_id and s.digest = i.subject) then 1"
            + " else r.is_orphan end"
            + " from history_referrer r join history_image i on i.id = r.manifest_id where r.manifest_id = ?";

    private static final String NO_ORPHANS = "update referrer set is_orphan = 0 where repo_id = ? and subject = ?";

    StoredImage run(Instant now, int counterSlot) {
        sql.engine().lock(sql::later, repository.id(), image.digest());
        sql.exactly(1, MANIFEST, image.id(), repository.id());
        sql.later(CONTENT, image.id());
        sql.later(PIECES, image.id());
        link(now);
        name();
        SqlPush.count(sql, repository.id(), counterSlot, 1, 0);
        new SqlAbsences(sql, repository.id()).arrived(image);
        sql.later(NO_ORPHANS, repository.id(), image.digest());
        sql.exactly(1, "delete from history_image where id = ?", image.id());
        return image;
    }

    /// The repository has its blobs again, if it had lost them.
    private void link(Instant now) {
        var layers = new SqlLayers(sql);
        sql.list(BLOBS, SqlLayers::blob, image.id()).forEach(blob -> layers.link(repository, blob, now));
        sql.later(NAME_BLOBS, image.id(), repository.id(), image.id());
    }

    private void name() {
        sql.later(NAMED_BLOBS, image.id());
        sql.later(ARRIVED_BLOBS, image.id());
        sql.later(CHILDREN, image.id());
        sql.later(ABSENT, image.id());
        sql.later(REFERRER, image.id());
    }
}
