package entrepot.store.sql;

import entrepot.domain.Archival;
import entrepot.domain.Digest;
import entrepot.domain.ImageStatus;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.store.Archive;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Table `archived_image`, and the status of images.
record SqlArchive(Sql sql, int counterSlot) implements Archive {

    /// Its row is had until the transaction ends, also where it is there.
    static final String ANYWAY = " on conflict (blob_id, manifest_id) do update set blob_id = excluded.blob_id";

    private static final String LOOK = "insert into archive_look (blob_id, manifest_id)"
            + " select blob_id, manifest_id from manifest_blob where manifest_id = ?";

    private static final String LOOK_AT_ALL = LOOK + " order by blob_id" + ANYWAY;

    /// What an image leaves that is deleted may be for archived ones alone.
    static final String LOOK_BESIDE_ARCHIVED =
            LOOK + " and exists (select 1 from archived_image where repo_id = ?) order by blob_id" + ANYWAY;

    static final String CHILDREN = "select " + Columns.of("m", ManifestRow.COLUMNS)
            + " from manifest_child c cross join manifest m where m.id = c.child_id and c.parent_id = ?";

    private static final String STANDING_PARENTS = "select m.digest from manifest_child c cross join manifest m"
            + " where m.id = c.parent_id and c.repo_id = ? and c.child_id = ? and m.status <> 'ARCHIVED'"
            + " order by c.parent_id";

    static final String IS_AWAY = "select 1 from manifest_blob n cross join archived_blob a"
            + " where a.blob_id = n.blob_id and n.manifest_id = ? limit 1";

    private static final String OF_STATUS =
            " from archived_image a cross join manifest m where m.id = a.manifest_id and a.status = ? and ";

    static final String ACTIVATING = "select " + Columns.of("m", ManifestRow.COLUMNS) + ", m.repo_id"
            + " from archived_image a cross join manifest m where m.id = a.manifest_id and a.status = 'ACTIVATING'"
            + " and a.manifest_id > ? order by a.manifest_id limit ?";

    @Override
    public void set(Repository repository, StoredImage image, Archival archival) {
        sql.later(
                "update manifest set status = ?, archived_at = ?, activated_at = ? where id = ?",
                archival.status().name(),
                archival.archivedAt(),
                archival.activatedAt(),
                image.id());
        if (archival.isActive()) {
            sql.later("delete from archived_image where manifest_id = ?", image.id());
        } else {
            sql.later(
                    "insert into archived_image (manifest_id, repo_id, status) values (?, ?, ?)"
                            + " on conflict (manifest_id) do update set status = excluded.status",
                    image.id(),
                    repository.id(),
                    archival.status().name());
        }
        sql.later(LOOK_AT_ALL, image.id());
        SqlPush.count(sql, repository.id(), counterSlot, 0, 1);
    }

    @Override
    public List<StoredImage> children(StoredImage list) {
        return sql.list(CHILDREN, ManifestRow::image, list.id());
    }

    @Override
    public List<Digest> standingParents(Repository repository, StoredImage image) {
        return sql.list(STANDING_PARENTS, row -> Columns.digest(row, 1), repository.id(), image.id());
    }

    @Override
    public boolean isAway(StoredImage image) {
        return sql.one(IS_AWAY, row -> true, image.id()).isPresent();
    }

    @Override
    public List<StoredImage> images(
            Repository repository, ImageStatus status, long afterId, @Nullable Boolean tagged, int limit) {
        var id = repository.id();
        return sql.list(
                page(sql.engine(), SqlImages.filter(tagged)),
                ManifestRow::image,
                status.name(),
                id,
                afterId,
                id,
                limit);
    }

    static String page(Engine engine, String filter) {
        return "select " + Columns.of("m", ManifestRow.COLUMNS) + OF_STATUS + engine.after("a.repo_id", "a.manifest_id")
                + filter + " order by a.repo_id, a.manifest_id limit ?";
    }

    /// First what is left of the image where the page begins.
    @Override
    public List<Name> names(
            Repository repository, ImageStatus status, Place after, @Nullable Boolean tagged, int limit) {
        var names = new ArrayList<Name>();
        if (!after.tag().isEmpty()) {
            names.addAll(sql.list(
                    "select manifest_id, digest, name from tag where manifest_id = ? and repo_id = ? and name > ?"
                            + " order by name limit ?",
                    SqlArchive::name,
                    after.id(),
                    repository.id(),
                    after.tag(),
                    limit));
        }
        var id = repository.id();
        if (names.size() < limit) {
            names.addAll(sql.list(
                    names(sql.engine(), SqlImages.filter(tagged)),
                    SqlArchive::name,
                    status.name(),
                    id,
                    after.id(),
                    id,
                    limit - names.size()));
        }
        return names;
    }

    static String names(Engine engine, String filter) {
        return "select m.id, m.digest, t.name from archived_image a join manifest m on m.id = a.manifest_id"
                + " left join tag t on t.manifest_id = m.id where a.status = ? and "
                + engine.after("a.repo_id", "a.manifest_id") + filter
                + " order by a.repo_id, a.manifest_id, t.name limit ?";
    }

    @Override
    public List<Activating> activating(long afterId, int limit) {
        return sql.list(
                ACTIVATING,
                row -> new Activating(row.getLong(ManifestRow.WIDTH + 1), ManifestRow.image(row)),
                afterId,
                limit);
    }

    private static Name name(ResultSet row) throws SQLException {
        var tag = row.getString(3);
        return new Name(row.getLong(1), Columns.digest(row, 2), tag == null ? null : new Tag(tag));
    }
}
