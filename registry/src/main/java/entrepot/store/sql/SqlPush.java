package entrepot.store.sql;

import static java.util.Objects.requireNonNull;

import entrepot.domain.Archival;
import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.store.Cover;
import entrepot.store.LostRaceException;
import entrepot.store.NewImage;
import entrepot.store.PushFacts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a push asks of one repository and does to it, in as few statements as there are tables: the thread that
/// writes is one, and its time is what bounds the registry.
record SqlPush(Sql sql, long repository) {

    static final String MANIFESTS =
            "select " + ManifestRow.COLUMNS + " from manifest where repo_id = ? and digest in (*)";

    /// The cross join says from which table to start, as in [SqlLayers].
    static final String BLOBS =
            "select b.digest, b.id, b.size, r.media_type, b.damage is null from blob b cross join repo_blob r"
                    + " where r.repo_id = ? and r.blob_id = b.id and b.digest in (*)";

    static final String ADD_BLOBS = "insert into manifest_blob (manifest_id, repo_id, blob_id)"
            + " select ?, repo_id, blob_id from repo_blob where repo_id = ? and blob_id in (*)";

    private static final String ADD_CHILDREN = "insert into manifest_child (parent_id, repo_id, child_id)"
            + " select ?, repo_id, id from manifest where repo_id = ? and status = 'ACTIVE' and digest in (*)";

    static final String NAME_BLOBS = "update repo_blob set media_type = ? where repo_id = ? and blob_id in (*)";

    static final String IMAGES = "select coalesce(sum(images), 0) from image_count where repo_id = ?";

    private static final String COUNT = "insert into image_count (repo_id, slot, images, changes) values (?, ?, ?, ?)"
            + " on conflict (repo_id, slot) do update set images = image_count.images + excluded.images,"
            + " changes = image_count.changes + excluded.changes";

    private record BlobRow(Digest digest, PushFacts.Blob blob, boolean isWhole) {}

    PushFacts facts(
            Repository seen,
            Digest digest,
            Collection<Tag> tags,
            Collection<Digest> blobs,
            Collection<Digest> children) {
        var questions = new Questions(sql);
        var held = SqlRepositories.again(questions, seen);
        var place = place(questions, digest);
        var rows = manifests(questions, digest, children);
        var tagged = new HashMap<Tag, List<StoredImage>>();
        tags.forEach(tag -> tagged.put(tag, ManifestRow.tagged(questions, repository, tag)));
        var there = questions.listIn(BLOBS, SqlPush::blob, blobs, repository);
        var images = questions.list(IMAGES, row -> row.getLong(1), repository);
        questions.ask();
        var named = new HashMap<Digest, ManifestRow>();
        rows.forEach(row -> named.put(row.image().digest(), row));
        var itself = Optional.ofNullable(named.get(digest));
        return new PushFacts(
                held.stream().findFirst(),
                itself.map(ManifestRow::image),
                firsts(tagged),
                there.stream()
                        .filter(BlobRow::isWhole)
                        .collect(Collectors.toMap(BlobRow::digest, BlobRow::blob, (one, same) -> one)),
                there.stream()
                        .filter(row -> !row.isWhole())
                        .map(BlobRow::digest)
                        .collect(Collectors.toSet()),
                stored(named, children),
                itself.map(ManifestRow::tags).orElse(0),
                images.getFirst(),
                place.get());
    }

    /// The lock comes before all that is looked at under it.
    private Supplier<PushFacts.Place> place(Questions questions, Digest digest) {
        var isAwaited = new SqlAbsences(sql, repository).waitFor(questions, digest);
        var next = sql.mayWrite() ? questions.list(sql.engine().nextManifest(), row -> row.getLong(1)) : List.of(0L);
        return () -> new PushFacts.Place(next.getFirst(), !isAwaited.isEmpty());
    }

    private static Map<Tag, StoredImage> firsts(Map<Tag, List<StoredImage>> tagged) {
        var images = new HashMap<Tag, StoredImage>();
        tagged.forEach((tag, found) -> found.stream().findFirst().ifPresent(image -> images.put(tag, image)));
        return images;
    }

    private static Map<Digest, StoredImage> stored(Map<Digest, ManifestRow> named, Collection<Digest> children) {
        var stored = new HashMap<Digest, StoredImage>();
        for (var child : children) {
            Optional.ofNullable(named.get(child)).ifPresent(row -> stored.put(child, row.image()));
        }
        return stored;
    }

    StoredImage add(NewImage image, PushFacts seen, ManifestBytes bytes, Cover cover, int counterSlot) {
        if (seen.image().isPresent()) {
            throw new LostRaceException(image.digest() + " is there already");
        }
        var stored = stored(image, seen.place().id(), bytes);
        insert(stored, image.converted(), image.tags());
        new SqlManifestBytes(sql, cover).add(stored, bytes);
        count(sql, repository, counterSlot, 1, 0);
        mustBe(image.blobs().keySet(), seen.blobs().keySet());
        addBlobs(stored, image.blobs(), seen.blobs());
        mustBe(image.children(), seen.children().keySet());
        sql.exactlyIn(addChildren(sql.engine()), new HashSet<>(image.children()), stored.id(), repository);
        if (image.referral() != null) {
            new SqlReferrers(sql).add(stored, repository, image.referral(), cover);
        }
        if (seen.place().isAwaited()) {
            new SqlAbsences(sql, repository).arrived(stored);
        }
        return stored;
    }

    /// Nobody archives them before the list is there that names them.
    static String addChildren(Engine engine) {
        return ADD_CHILDREN + engine.named();
    }

    private static StoredImage stored(NewImage image, long id, ManifestBytes bytes) {
        return new StoredImage(
                id,
                image.digest(),
                image.mediaType(),
                image.artifactType(),
                image.referral() == null ? null : image.referral().subject(),
                bytes.length(),
                image.imageSize(),
                image.pushedAt().truncatedTo(ChronoUnit.MICROS),
                null,
                Archival.NONE);
    }

    void tag(Tag tag, StoredImage image, @Nullable StoredImage seen, Instant now, int counterSlot) {
        if (seen == null || seen.id() != image.id()) {
            countTags(image, seen);
            if (seen != null || !image.pushedAt().equals(now.truncatedTo(ChronoUnit.MICROS))) {
                count(sql, repository, counterSlot, 0, 1);
            }
        }
        if (seen == null) {
            addTag(tag, image, now);
        } else {
            moveTag(tag, image, seen, now);
        }
    }

    /// The image's own row has counted the tag from the beginning: an image that was counted as one without tags
    /// first would be put into two indexes to be taken out of them at once.
    void tagNew(Tag tag, StoredImage image, @Nullable StoredImage seen, Instant now, int counterSlot) {
        if (seen == null) {
            addTag(tag, image, now);
        } else {
            countTag(seen.id(), -1);
            count(sql, repository, counterSlot, 0, 1);
            moveTag(tag, image, seen, now);
        }
    }

    /// Before the tag is touched, as whoever deletes an image does, and in the order of ids: so nobody waits for one
    /// who waits for them.
    private void countTags(StoredImage image, @Nullable StoredImage seen) {
        if (seen == null) {
            countTag(image.id(), 1);
        } else if (seen.id() < image.id()) {
            countTag(seen.id(), -1);
            countTag(image.id(), 1);
        } else {
            countTag(image.id(), 1);
            countTag(seen.id(), -1);
        }
    }

    private void countTag(long image, int more) {
        sql.later("update manifest set tag_count = tag_count + ? where id = ?", more, image);
    }

    private void addTag(Tag tag, StoredImage image, Instant now) {
        sql.exactly(
                1,
                "insert into tag (repo_id, name, manifest_id, digest, pushed_at) values (?, ?, ?, ?, ?)"
                        + " on conflict do nothing",
                repository,
                tag.name(),
                image.id(),
                image.digest(),
                now);
    }

    private void moveTag(Tag tag, StoredImage image, StoredImage seen, Instant now) {
        sql.exactly(
                1,
                "update tag set manifest_id = ?, digest = ?, pushed_at = ?"
                        + " where repo_id = ? and name = ? and manifest_id = ?",
                image.id(),
                image.digest(),
                now,
                repository,
                tag.name(),
                seen.id());
    }

    /// @param images how many more there are
    /// @param changes how many have gone, or have other tags than they were pushed with
    static void count(Sql sql, long repository, int slot, int images, int changes) {
        sql.later(COUNT, repository, slot, images, changes);
    }

    private List<ManifestRow> manifests(Questions questions, Digest digest, Collection<Digest> children) {
        var digests = new ArrayList<>(children);
        digests.add(digest);
        return questions.listIn(MANIFESTS, ManifestRow::read, digests, repository);
    }

    private static BlobRow blob(ResultSet row) throws SQLException {
        return new BlobRow(
                Columns.digest(row, 1),
                new PushFacts.Blob(row.getLong(2), row.getLong(3), row.getString(4)),
                row.getBoolean(5));
    }

    private void insert(StoredImage image, @Nullable Digest converted, int tags) {
        sql.later(
                "insert into manifest (id, repo_id, digest, media_type, artifact_type, subject, converted_digest,"
                        + " size, image_size, pushed_at, tag_count) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                image.id(),
                repository,
                image.digest(),
                image.mediaType().value(),
                image.artifactType(),
                image.subject(),
                converted,
                image.manifestSize(),
                image.imageSize(),
                image.pushedAt(),
                tags);
    }

    /// In the order of ids, which is the order of the table; a media type is written only where it is another one.
    private void addBlobs(StoredImage image, Map<Digest, String> mediaTypes, Map<Digest, PushFacts.Blob> seen) {
        var ids = new TreeSet<Long>();
        var renamed = new HashMap<String, List<Long>>();
        mediaTypes.forEach((digest, mediaType) -> {
            var blob = requireNonNull(seen.get(digest));
            ids.add(blob.id());
            if (!mediaType.equals(blob.mediaType())) {
                renamed.computeIfAbsent(mediaType, type -> new ArrayList<>()).add(blob.id());
            }
        });
        sql.exactlyIn(ADD_BLOBS, ids, image.id(), repository);
        renamed.forEach((mediaType, blobs) -> sql.laterIn(NAME_BLOBS, blobs, mediaType, repository));
    }

    /// Holds "a stored manifest's layers, config and children are stored" (docs/invariants.md) where a rule does not.
    private static void mustBe(Collection<Digest> named, Set<Digest> there) {
        if (!there.containsAll(named)) {
            throw new MissingRowsException("not all of %s are stored".formatted(named));
        }
    }
}
