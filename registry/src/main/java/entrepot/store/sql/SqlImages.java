package entrepot.store.sql;

import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import entrepot.domain.Reference;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.store.Cover;
import entrepot.store.Images;
import entrepot.store.NewImage;
import entrepot.store.PushFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tables `manifest`, `manifest_child` and `tag`; what a push does to them is in [SqlPush], their bytes in
/// [SqlManifestBytes].
public record SqlImages(Sql sql, int counterSlot) implements Images {

    /// As text, since an index for a part of the rows is found by its condition as it is written.
    static final String TAGGED = " and tag_count > 0";

    static final String UNTAGGED = " and tag_count = 0";

    static final String ACTIVE = " and status = 'ACTIVE'";

    /// Where nothing of the repository is archived, the index says it all; else this gives nothing.
    static final String TAG_NAMES = "select name from tag where repo_id = ? and name > ?"
            + " and not exists (select 1 from archived_image where repo_id = ?) order by name limit ?";

    static final String TAGS_OF = "select manifest_id, name from tag where manifest_id in (*)"
            + " order by manifest_id, pushed_at desc, name";

    static final String PARENTS = "select m.digest from manifest_child c cross join manifest m"
            + " where m.id = c.parent_id and c.repo_id = ? and c.child_id = ? order by c.parent_id";

    static final String PARENT_IDS =
            "select child_id, parent_id from manifest_child where repo_id = ? and child_id in (*)";

    static final String CONVERTED = converted("");

    @Override
    public PushFacts factsFor(
            Repository repository,
            Digest digest,
            Collection<Tag> tags,
            Collection<Digest> blobs,
            Collection<Digest> children) {
        return new SqlPush(sql, repository.id()).facts(repository, digest, tags, blobs, children);
    }

    @Override
    public StoredImage add(Repository repository, NewImage image, PushFacts seen, ManifestBytes bytes, Cover cover) {
        return new SqlPush(sql, repository.id()).add(image, seen, bytes, cover, counterSlot);
    }

    @Override
    public void addAbsent(Repository repository, StoredImage image, Absent absent) {
        new SqlAbsences(sql, repository.id()).add(image, absent);
    }

    @Override
    public void tag(Repository repository, Tag tag, StoredImage image, @Nullable StoredImage seen, Instant now) {
        new SqlPush(sql, repository.id()).tag(tag, image, seen, now, counterSlot);
    }

    @Override
    public void tagNew(Repository repository, Tag tag, StoredImage image, @Nullable StoredImage seen, Instant now) {
        new SqlPush(sql, repository.id()).tagNew(tag, image, seen, now, counterSlot);
    }

    @Override
    public void untag(Repository repository, Tag tag) {
        sql.returning(
                        "delete from tag where repo_id = ? and name = ? returning manifest_id",
                        row -> row.getLong(1),
                        repository.id(),
                        tag.name())
                .ifPresent(manifest -> {
                    sql.update("update manifest set tag_count = tag_count - 1 where id = ?", manifest);
                    SqlPush.count(sql, repository.id(), counterSlot, 0, 1);
                });
    }

    /// What names the manifest goes with it: tags, references and the bytes, by the tables' own `on delete cascade`.
    @Override
    public void delete(Repository repository, StoredImage image) {
        sql.later(SqlLinks.UNNAMED, image.id());
        sql.later(SqlArchive.LOOK_BESIDE_ARCHIVED, image.id(), repository.id());
        if (sql.update("delete from manifest where repo_id = ? and id = ?", repository.id(), image.id()) == 1) {
            SqlPush.count(sql, repository.id(), counterSlot, -1, 1);
            sql.later(SqlReferrers.ORPHAN, repository.id(), image.digest());
        }
    }

    @Override
    public void pulled(long image, Instant at) {
        sql.update(
                "update manifest set pulled_at = ? where id = ? and (pulled_at is null or pulled_at < ?)",
                at,
                image,
                at);
    }

    @Override
    public long changes(Repository repository) {
        var sum = "select coalesce(sum(changes), 0) from image_count where repo_id = ?";
        return sql.one(sum, row -> row.getLong(1), repository.id()).orElse(0L);
    }

    @Override
    public long count(Repository repository) {
        return sql.one(SqlPush.IMAGES, row -> row.getLong(1), repository.id()).orElse(0L);
    }

    @Override
    public Optional<StoredImage> find(Repository repository, Reference reference) {
        return switch (reference) {
            case Tag tag -> ManifestRow.tagged(sql, repository.id(), tag);
            case Digest digest ->
                sql.one(
                        "select " + ManifestRow.COLUMNS + " from manifest where repo_id = ? and digest = ?",
                        ManifestRow::image,
                        repository.id(),
                        digest);
        };
    }

    @Override
    public Optional<Found> find(RegistryId registry, RepositoryName name, Reference reference, int longest) {
        return new SqlFound(sql, registry, longest).of(name, reference);
    }

    /// By its row, which whoever tags an image or names it locks as well; and again by the reference, which may have
    /// come to be another's meanwhile.
    @Override
    public Optional<StoredImage> hold(Repository repository, Reference reference) {
        var found = find(repository, reference);
        while (!sql.engine().hasOneWriter() && found.isPresent()) {
            var seen = found.get();
            sql.one("select id from manifest where id = ?" + sql.engine().alone(), row -> row.getLong(1), seen.id());
            found = find(repository, reference);
            if (found.equals(Optional.of(seen))) {
                return found;
            }
        }
        return found;
    }

    @Override
    public Optional<StoredImage> findConverted(Repository repository, Digest digest) {
        return sql.one(converted(ACTIVE), ManifestRow::image, repository.id(), digest, 1);
    }

    private static String converted(String filter) {
        return "select " + ManifestRow.COLUMNS + " from manifest where repo_id = ? and converted_digest = ?" + filter
                + " order by id limit ?";
    }

    @Override
    public Optional<Digest> converted(StoredImage image) {
        return sql.one(
                "select converted_digest from manifest where id = ? and converted_digest is not null",
                row -> Columns.digest(row, 1),
                image.id());
    }

    @Override
    public List<StoredImage> allConverted(Repository repository, Digest digest, int limit) {
        return sql.list(CONVERTED, ManifestRow::image, repository.id(), digest, limit);
    }

    @Override
    public ManifestBytes manifest(StoredImage image, Cover cover) {
        return new SqlManifestBytes(sql, cover)
                .all(image)
                .orElseThrow(() -> new IllegalStateException("no bytes of " + image.digest()));
    }

    @Override
    public Optional<byte[]> manifestPart(StoredImage image, long offset, int length, Cover cover) {
        return new SqlManifestBytes(sql, cover).part(image, offset, length);
    }

    @Override
    public Map<Long, List<Tag>> tagsOf(Repository repository, Collection<StoredImage> images) {
        record Row(long image, Tag tag) {}
        var tags = new HashMap<Long, List<Tag>>();
        sql.listIn(
                        TAGS_OF,
                        row -> new Row(row.getLong(1), new Tag(row.getString(2))),
                        images.stream().map(StoredImage::id).toList())
                .forEach(row -> tags.computeIfAbsent(row.image(), image -> new ArrayList<>())
                        .add(row.tag()));
        return tags;
    }

    @Override
    public List<Digest> parentsOf(Repository repository, StoredImage image) {
        return sql.list(PARENTS, row -> Columns.digest(row, 1), repository.id(), image.id());
    }

    @Override
    public Map<Long, Set<Long>> parentIds(Repository repository, Collection<StoredImage> images) {
        record Row(long child, long parent) {}
        var parents = new HashMap<Long, Set<Long>>();
        sql.listIn(
                        PARENT_IDS,
                        row -> new Row(row.getLong(1), row.getLong(2)),
                        images.stream().map(StoredImage::id).toList(),
                        repository.id())
                .forEach(row -> parents.computeIfAbsent(row.child(), child -> new HashSet<>())
                        .add(row.parent()));
        return parents;
    }

    @Override
    public Set<Digest> absentFrom(StoredImage image) {
        return SqlAbsences.of(sql, image);
    }

    @Override
    public List<TaggedImage> tags(Repository repository, Statuses which, @Nullable String after, int limit) {
        return sql.list(
                tags(which),
                row -> new TaggedImage(new Tag(row.getString(1)), Columns.digest(row, 2)),
                repository.id(),
                after == null ? "" : after,
                limit);
    }

    static String tags(Statuses which) {
        return "select name, digest from tag l where repo_id = ? and name > ?" + ofActive(which, "l.manifest_id")
                + " order by name limit ?";
    }

    @Override
    public List<Tag> tagNames(Repository repository, @Nullable String after, int limit) {
        var id = repository.id();
        var names = sql.list(TAG_NAMES, row -> new Tag(row.getString(1)), id, after == null ? "" : after, id, limit);
        return names.isEmpty()
                ? tags(repository, Statuses.ACTIVE, after, limit).stream()
                        .map(TaggedImage::tag)
                        .toList()
                : names;
    }

    @Override
    public List<Tag> dangling(Repository repository) {
        return sql.list(
                "select name from tag t where repo_id = ?"
                        + " and not exists (select 1 from manifest m where m.id = t.manifest_id"
                        + " and m.repo_id = t.repo_id and m.digest = t.digest)"
                        + " order by name",
                row -> new Tag(row.getString(1)),
                repository.id());
    }

    @Override
    public List<Digest> untagged(Repository repository, Statuses which, @Nullable Digest after, int limit) {
        return sql.list(
                untagged(which),
                row -> Columns.digest(row, 1),
                repository.id(),
                after == null ? new byte[0] : after,
                limit);
    }

    static String untagged(Statuses which) {
        return "select digest from manifest l where repo_id = ?" + UNTAGGED + " and digest > ?"
                + ofActive(which, "l.id") + " order by digest limit ?";
    }

    @Override
    public List<StoredImage> images(
            Repository repository, Statuses which, long afterId, @Nullable Boolean tagged, int limit) {
        var id = repository.id();
        return sql.list(page(sql.engine(), filter(tagged) + of(which)), ManifestRow::image, id, afterId, id, limit);
    }

    /// The same without a look at the rows of the images.
    private static String ofActive(Statuses which, String id) {
        return which == Statuses.ANY
                ? ""
                : " and not exists (select 1 from archived_image a where a.repo_id = l.repo_id and a.manifest_id = %s)"
                        .formatted(id);
    }

    static String filter(@Nullable Boolean tagged) {
        return tagged == null ? "" : tagged ? TAGGED : UNTAGGED;
    }

    private static String of(Statuses which) {
        return which == Statuses.ANY ? "" : ACTIVE;
    }

    static String page(Engine engine, String filter) {
        return "select " + ManifestRow.COLUMNS + " from manifest where " + engine.after("repo_id", "id") + filter
                + " order by repo_id, id limit ?";
    }
}
