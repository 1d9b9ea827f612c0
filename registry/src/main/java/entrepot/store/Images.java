package entrepot.store;

import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import entrepot.domain.Reference;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The manifests of all repositories and the tags that point at them. All lists are read by their keys, so a page
/// costs the same wherever it begins and however many there are.
public interface Images {

    /// Everything that storing a manifest is decided by, in one look. In a transaction that may write the repository
    /// stays as it is until it ends, and nobody else adds the manifest.
    ///
    /// @param tags the tags asked for
    /// @param blobs the config and layers that the manifest names
    /// @param children the manifests that it names
    PushFacts factsFor(
            Repository repository,
            Digest digest,
            Collection<Tag> tags,
            Collection<Digest> blobs,
            Collection<Digest> children);

    /// Stores a manifest, with the bytes as given, its references, and what its repository calls its blobs now. Bytes
    /// and annotations lie under the repository's cover.
    ///
    /// @param seen what there is, by [#factsFor]
    StoredImage add(Repository repository, NewImage image, PushFacts seen, ManifestBytes bytes, Cover cover);

    /// The same, by what there is now.
    default StoredImage add(Repository repository, NewImage image, ManifestBytes bytes, Cover cover) {
        var blobs = image.blobs().keySet();
        var seen = factsFor(repository, image.digest(), List.of(), blobs, image.children());
        return add(repository, image, seen, bytes, cover);
    }

    /// The manifest was stored without these things that it names. Each is held by it from when it arrives.
    ///
    /// @throws LostRaceException if one of them has arrived since it was looked for
    void addAbsent(Repository repository, StoredImage image, Absent absent);

    /// Points a tag at an image.
    ///
    /// @param seen what it points at now; null if it is not there
    /// @throws LostRaceException if that is not so any more
    void tag(Repository repository, Tag tag, StoredImage image, @Nullable StoredImage seen, Instant now);

    /// The same of an image that was added in this transaction, with as many tags as it is given by this.
    void tagNew(Repository repository, Tag tag, StoredImage image, @Nullable StoredImage seen, Instant now);

    /// Points it at an image, whatever it points at.
    default void tag(Repository repository, Tag tag, StoredImage image, Instant now) {
        tag(repository, tag, image, find(repository, tag).orElse(null), now);
    }

    /// Removes a tag; the image stays. Removing an absent one is not an error. Its image is held.
    void untag(Repository repository, Tag tag);

    /// Removes a manifest with its tags and references. The blobs stay in the repository. Who has looked at its tags or
    /// at what names it holds it.
    void delete(Repository repository, StoredImage image);

    /// Records a pull, unless a later one is known or the image is gone.
    ///
    /// @param image its id
    void pulled(long image, Instant at);

    /// How often an image was deleted, or came to have other tags after its push. Grows by one for each deletion, and
    /// at least by one for each tag that is moved, taken away, or given to an image that was there.
    long changes(Repository repository);

    /// How many there are.
    long count(Repository repository);

    Optional<StoredImage> find(Repository repository, Reference reference);

    /// An image with its repository and its manifest, in one look: what most pulls ask for.
    ///
    /// @param longest the manifest is left out if it has more bytes, and if it lies under a cover
    Optional<Found> find(RegistryId registry, RepositoryName name, Reference reference, int longest);

    /// The same, which stays as it is until the transaction ends: nobody deletes it, gives it a tag, takes one from it,
    /// or puts it into a list.
    Optional<StoredImage> hold(Repository repository, Reference reference);

    /// The active image whose manifest has this digest in the other format; any of them where there are several,
    /// since they all say the same.
    Optional<StoredImage> findConverted(Repository repository, Digest digest);

    /// The digest of the image's manifest in the other format, if it could be converted when it was pushed.
    Optional<Digest> converted(StoredImage image);

    /// All images of that digest in the other format, in the order of ids, but no more than `limit`.
    List<StoredImage> allConverted(Repository repository, Digest digest, int limit);

    ManifestBytes manifest(StoredImage image, Cover cover);

    /// Some bytes of a manifest, fewer where it ends before; empty if it is not there any more.
    Optional<byte[]> manifestPart(StoredImage image, long offset, int length, Cover cover);

    /// The tags of each image, newest first, by the image's id. An image without tags is not a key.
    Map<Long, List<Tag>> tagsOf(Repository repository, Collection<StoredImage> images);

    /// The digests of the stored lists that name this image.
    List<Digest> parentsOf(Repository repository, StoredImage image);

    /// The ids of the stored lists that name each of these images, by its id. One that none names is not a key.
    Map<Long, Set<Long>> parentIds(Repository repository, Collection<StoredImage> images);

    /// What the manifest names that its repository has not had since.
    Set<Digest> absentFrom(StoredImage image);

    /// In the byte order of tags, those after `after`, which may be any text, or from the first one.
    ///
    /// @param which of what images
    List<TaggedImage> tags(Repository repository, Statuses which, @Nullable String after, int limit);

    /// The same of active images, by their names alone: quicker, however many tags there are.
    List<Tag> tagNames(Repository repository, @Nullable String after, int limit);

    /// The same as [#tags], of all images.
    default List<TaggedImage> tags(Repository repository, @Nullable String after, int limit) {
        return tags(repository, Statuses.ANY, after, limit);
    }

    /// Tags that point at no image, or not by its digest, which a sound store has none of.
    List<Tag> dangling(Repository repository);

    /// In the byte order of digests, images with no tag, those after `after`, or from the first one.
    List<Digest> untagged(Repository repository, Statuses which, @Nullable Digest after, int limit);

    /// The same, of all images.
    default List<Digest> untagged(Repository repository, @Nullable Digest after, int limit) {
        return untagged(repository, Statuses.ANY, after, limit);
    }

    /// In the order of first pushes, those with an id above `afterId`.
    ///
    /// @param tagged only those with a tag, only those without, or null for all
    List<StoredImage> images(Repository repository, Statuses which, long afterId, @Nullable Boolean tagged, int limit);

    /// The same, of any status.
    default List<StoredImage> images(Repository repository, long afterId, @Nullable Boolean tagged, int limit) {
        return images(repository, Statuses.ANY, afterId, tagged, limit);
    }

    /// Which images a page is of. Those of another status are in pages of [Archive].
    enum Statuses {
        ACTIVE,
        ANY
    }

    /// What a sparse manifest names that its repository does not have.
    ///
    /// @param blobs each with the media type it is called by
    record Absent(Map<Digest, String> blobs, List<Digest> children) {}

    /// An image, in its repository.
    ///
    /// @param manifest null if it was left out
    record Found(
            Repository repository,
            StoredImage image,
            @Nullable ManifestBytes manifest) {}

    /// A tag and the image it points at.
    record TaggedImage(Tag tag, Digest digest) {}
}
