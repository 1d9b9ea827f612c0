package entrepot.operation.image;

import entrepot.domain.Descriptor;
import entrepot.domain.Digest;
import entrepot.domain.ImageChange.Kind;
import entrepot.domain.ImageError;
import entrepot.domain.Law;
import entrepot.domain.Manifest;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import entrepot.domain.RegistryException;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryError;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.operation.ImageChanges;
import entrepot.store.Cover;
import entrepot.store.Images;
import entrepot.store.Images.Absent;
import entrepot.store.NewImage;
import entrepot.store.PushFacts;
import entrepot.store.Transaction;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One manifest on its way into a repository. All facts are looked up at once, everything is decided by them, and only
/// then is anything written: a refusal leaves no trace.
///
/// @param law whose rules hold
/// @param rules what else is allowed here
/// @param tags all of these, or nothing at all
/// @param converted the digest of the same manifest in the other format, if it can be converted
record Push(
        Law law,
        PushRules rules,
        List<Tag> tags,
        Digest digest,
        Manifest manifest,
        Content content,
        @Nullable Digest converted) {

    /// The manifest's bytes, and what they are to lie under.
    record Content(ManifestBytes bytes, Cover cover) {}

    PushFacts facts(Transaction tx, Repository repository) {
        return tx.images().factsFor(repository, digest, tags, digests(manifest.blobs()), digests(manifest.children()));
    }

    void store(Transaction tx, Repository repository, PushFacts facts, ImageChanges.By by) {
        if (isThereAlready(facts) && isActive(facts) && !isDamaged(facts)) {
            refuseUnlessRepeatable(repository);
            return;
        }
        refuseAbsent(repository, facts);
        refuseOther(facts);
        refuseImmovableTags(repository, facts);
        refuseTooMany(repository, facts);
        restore(new ImageArchive(tx, repository, by), facts);
        var image = facts.image().orElseGet(() -> add(tx, repository, facts, by.at()));
        if (facts.image().isEmpty() || !newTags(facts).isEmpty()) {
            by.tell(tx, facts.image().isPresent() ? Kind.TAG : Kind.PUSH, repository, image, newTags(facts));
        }
        for (var tag : newTags(facts)) {
            point(tx.images(), repository, tag, image, facts, by.at());
        }
    }

    private static void point(
            Images images, Repository repository, Tag tag, StoredImage image, PushFacts facts, Instant now) {
        var seen = facts.tagged().get(tag);
        if (facts.image().isPresent()) {
            images.tag(repository, tag, image, seen, now);
        } else {
            images.tagNew(repository, tag, image, seen, now);
        }
    }

    private static boolean isActive(PushFacts facts) {
        return facts.image().filter(image -> !image.archival().isActive()).isEmpty();
    }

    /// What is pushed can be pulled, whatever was archived of it.
    private static void restore(ImageArchive archive, PushFacts facts) {
        Stream.concat(facts.children().values().stream(), facts.image().stream())
                .filter(image -> !image.archival().isActive())
                .flatMap(image -> archive.tx().images().hold(archive.repository(), image.digest()).stream())
                .forEach(archive::restoreForPush);
    }

    /// With the tags asked for, or with none asked for.
    private boolean isThereAlready(PushFacts facts) {
        return facts.image().isPresent() && newTags(facts).isEmpty();
    }

    /// Whether it needs a layer anew.
    private boolean isDamaged(PushFacts facts) {
        return !rules.sparse()
                && manifest.blobs().stream()
                        .anyMatch(blob -> !blob.foreign() && facts.damaged().contains(blob.digest()));
    }

    /// Those that do not point at this image yet.
    private List<Tag> newTags(PushFacts facts) {
        return tags.stream().filter(tag -> !pointsHere(facts.tagged().get(tag))).toList();
    }

    private boolean pointsHere(@Nullable StoredImage tagged) {
        return tagged != null && tagged.digest().equals(digest);
    }

    private void refuseUnlessRepeatable(Repository repository) {
        if (!law.repeatingSucceeds()) {
            throw new RegistryException(
                    new ImageError.ImageAlreadyExists(repository, digest, tags.isEmpty() ? null : tags.getFirst()));
        }
        if (law.refusesSameImmutableTag()) {
            tags.forEach(tag -> refuseImmovable(repository, tag));
        }
    }

    private void refuseAbsent(Repository repository, PushFacts facts) {
        if (rules.sparse()) {
            return;
        }
        var layers = absent(manifest.blobs(), facts.blobs(), blob -> !blob.foreign());
        if (!layers.isEmpty()) {
            throw new RegistryException(new ImageError.LayersNotFound(repository, layers));
        }
        var children = absent(manifest.children(), facts.children(), _ -> true);
        if (!children.isEmpty()) {
            throw new RegistryException(new ImageError.ReferencedImagesNotFound(repository, children));
        }
    }

    private static List<Digest> absent(List<Descriptor> named, Map<Digest, ?> there, Predicate<Descriptor> needed) {
        return named.stream()
                .filter(needed)
                .map(Descriptor::digest)
                .filter(digest -> !there.containsKey(digest))
                .distinct()
                .toList();
    }

    /// What is stored must be what the manifest says of it.
    private void refuseOther(PushFacts facts) {
        for (var blob : manifest.blobs()) {
            refuseOtherSize(
                    blob,
                    Optional.ofNullable(facts.blobs().get(blob.digest()))
                            .map(PushFacts.Blob::size)
                            .orElse(null));
        }
        for (var child : manifest.children()) {
            var stored = facts.children().get(child.digest());
            if (stored != null) {
                refuseOtherSize(child, stored.manifestSize());
                refuseOtherType(child, stored.mediaType());
            }
        }
    }

    private static void refuseOtherSize(Descriptor named, @Nullable Long stored) {
        if (stored != null && named.size() >= 0 && named.size() != stored) {
            throw ManifestReader.malformed(
                    "%s has %d bytes, and not %d".formatted(named.digest(), stored, named.size()));
        }
    }

    private static void refuseOtherType(Descriptor named, MediaType stored) {
        if (!stored.isCalled(named.mediaType())) {
            throw ManifestReader.malformed("%s is %s, and not %s".formatted(named.digest(), stored, named.mediaType()));
        }
    }

    private void refuseImmovableTags(Repository repository, PushFacts facts) {
        for (var tag : newTags(facts)) {
            if (facts.tagged().containsKey(tag)) {
                refuseImmovable(repository, tag);
            }
        }
    }

    private static void refuseImmovable(Repository repository, Tag tag) {
        if (!repository.tagMutability().allowsMoving(tag)) {
            throw new RegistryException(new ImageError.ImageTagAlreadyExists(repository, tag));
        }
    }

    private void refuseTooMany(Repository repository, PushFacts facts) {
        var registry = repository.registry().account();
        var limits = rules.limits();
        if (facts.image().isEmpty() && facts.images() >= limits.registry().imagesPerRepository()) {
            throw new RegistryException(new RepositoryError.LimitExceeded(
                    "The repository with name '%s' in registry with id '%s' already has the maximum allowed number of images which is '%d'"
                            .formatted(
                                    repository.name(),
                                    registry,
                                    limits.registry().imagesPerRepository())));
        }
        var newTags = newTags(facts);
        if (!newTags.isEmpty()
                && facts.tagsOfImage() + newTags.size() > limits.image().tags()) {
            throw new RegistryException(new RepositoryError.LimitExceeded(
                    "Adding tag '%s' to an image in the repository with name '%s' in registry with id '%s' exceeds the maximum allowed number of tags per image which is '%d'"
                            .formatted(
                                    newTags.getLast(),
                                    repository.name(),
                                    registry,
                                    limits.image().tags())));
        }
    }

    private StoredImage add(Transaction tx, Repository repository, PushFacts facts, Instant now) {
        var image = tx.images().add(repository, newImage(facts, now), facts, content.bytes(), content.cover());
        if (rules.sparse()) {
            tx.images().addAbsent(repository, image, absent(facts));
        }
        return image;
    }

    private Absent absent(PushFacts facts) {
        return new Absent(
                mediaTypes(blob -> !blob.foreign() && !facts.blobs().containsKey(blob.digest())),
                children(child -> !facts.children().containsKey(child.digest())));
    }

    private NewImage newImage(PushFacts facts, Instant now) {
        return new NewImage(
                digest,
                manifest.mediaType(),
                manifest.artifactType(),
                manifest.referral(),
                converted,
                imageSize(facts),
                mediaTypes(blob -> facts.blobs().containsKey(blob.digest())),
                children(child -> facts.children().containsKey(child.digest())),
                now,
                newTags(facts).size());
    }

    private Map<Digest, String> mediaTypes(Predicate<Descriptor> which) {
        var mediaTypes = new LinkedHashMap<Digest, String>();
        manifest.blobs().stream().filter(which).forEach(blob -> mediaTypes.put(blob.digest(), blob.mediaType()));
        return mediaTypes;
    }

    private List<Digest> children(Predicate<Descriptor> which) {
        return digests(manifest.children().stream().filter(which).toList());
    }

    private long imageSize(PushFacts facts) {
        var blobs =
                facts.blobs().values().stream().mapToLong(PushFacts.Blob::size).sum();
        var largestChild = facts.children().values().stream()
                .mapToLong(StoredImage::imageSize)
                .max();
        return largestChild.orElse(blobs);
    }

    private static List<Digest> digests(List<Descriptor> descriptors) {
        return descriptors.stream().map(Descriptor::digest).distinct().toList();
    }
}
