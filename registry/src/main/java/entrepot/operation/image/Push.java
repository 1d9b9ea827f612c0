package entrepot.operation.image;

import entrepot.domain.Descriptor;
import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.Limits;
import entrepot.domain.Manifest;
import entrepot.domain.ManifestBytes;
import entrepot.domain.RegistryError;
import entrepot.domain.RegistryException;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.store.NewImage;
import entrepot.store.PushFacts;
import entrepot.store.Transaction;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One manifest on its way into a repository. All facts are looked up at once, everything is decided by them, and only
/// then is anything written: a refusal leaves no trace.
record Push(
        Law law,
        Limits limits,
        @Nullable Tag tag,
        Digest digest,
        Manifest manifest,
        ManifestBytes bytes,
        @Nullable Digest converted) {

    void store(Transaction tx, Repository repository, Instant now) {
        var facts =
                tx.images().factsFor(repository, digest, tag, digests(manifest.blobs()), digests(manifest.children()));
        if (isThereAlready(facts)) {
            refuseUnlessRepeatable(repository);
            return;
        }
        refuseAbsent(repository, facts);
        refuseOtherSizes(facts);
        refuseImmovableTag(repository, facts);
        refuseTooMany(repository, facts);
        var image = facts.image().orElseGet(() -> tx.images().add(repository, newImage(facts, now), bytes));
        if (tag != null) {
            tx.images().tag(repository, tag, image, now);
        }
    }

    /// With the tag asked for, or with none asked for.
    private boolean isThereAlready(PushFacts facts) {
        return facts.image().isPresent()
                && (tag == null
                        || facts.tagged()
                                .map(StoredImage::digest)
                                .filter(digest::equals)
                                .isPresent());
    }

    private void refuseUnlessRepeatable(Repository repository) {
        if (!law.repeatingSucceeds()) {
            throw new RegistryException(new RegistryError.ImageAlreadyExists(repository, digest, tag));
        }
    }

    private void refuseAbsent(Repository repository, PushFacts facts) {
        var layers = absent(manifest.blobs(), facts.blobs(), blob -> !blob.foreign());
        if (!layers.isEmpty()) {
            throw new RegistryException(new RegistryError.LayersNotFound(repository, layers));
        }
        var children = absent(manifest.children(), facts.children(), _ -> true);
        if (!children.isEmpty()) {
            throw new RegistryException(new RegistryError.ReferencedImagesNotFound(repository, children));
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

    private void refuseOtherSizes(PushFacts facts) {
        var blobs = manifest.blobs().stream()
                .allMatch(blob -> hasSize(blob, facts.blobs().get(blob.digest())));
        var children = manifest.children().stream()
                .allMatch(child -> hasSize(child, manifestSize(facts.children().get(child.digest()))));
        if (!blobs || !children) {
            throw ManifestReader.malformed();
        }
    }

    private static @Nullable Long manifestSize(@Nullable StoredImage child) {
        return child == null ? null : child.manifestSize();
    }

    private static boolean hasSize(Descriptor named, @Nullable Long stored) {
        return stored == null || named.size() < 0 || named.size() == stored;
    }

    private void refuseImmovableTag(Repository repository, PushFacts facts) {
        if (tag != null
                && facts.tagged().isPresent()
                && !repository.tagMutability().allowsMoving(tag)) {
            throw new RegistryException(new RegistryError.ImageTagAlreadyExists(repository, tag));
        }
    }

    private void refuseTooMany(Repository repository, PushFacts facts) {
        var registry = repository.registry().account();
        if (facts.image().isEmpty() && facts.images() >= limits.imagesPerRepository()) {
            throw new RegistryException(new RegistryError.LimitExceeded(
                    "The repository with name '%s' in registry with id '%s' already has the maximum allowed number of images which is '%d'"
                            .formatted(repository.name(), registry, limits.imagesPerRepository())));
        }
        if (tag != null && facts.tagsOfImage() >= limits.tagsPerImage()) {
            throw new RegistryException(new RegistryError.LimitExceeded(
                    "Adding tag '%s' to an image in the repository with name '%s' in registry with id '%s' exceeds the maximum allowed number of tags per image which is '%d'"
                            .formatted(tag, repository.name(), registry, limits.tagsPerImage())));
        }
    }

    private NewImage newImage(PushFacts facts, Instant now) {
        var blobs = new LinkedHashMap<Digest, String>();
        for (var blob : manifest.blobs()) {
            if (facts.blobs().containsKey(blob.digest())) {
                blobs.put(blob.digest(), blob.mediaType());
            }
        }
        return new NewImage(
                digest,
                manifest.mediaType(),
                manifest.artifactType(),
                manifest.subject(),
                converted,
                imageSize(facts),
                blobs,
                digests(manifest.children()),
                now);
    }

    private long imageSize(PushFacts facts) {
        var blobs = facts.blobs().values().stream().mapToLong(Long::longValue).sum();
        var largestChild = facts.children().values().stream()
                .mapToLong(StoredImage::imageSize)
                .max();
        return largestChild.orElse(blobs);
    }

    private static List<Digest> digests(List<Descriptor> descriptors) {
        return descriptors.stream().map(Descriptor::digest).distinct().toList();
    }
}
