package entrepot.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A repository as maps, with the rules of ECR's documentation and, where `byJson` is false, of OCI's specification.
/// It shares no code with the server. One thread uses it at a time.
public final class ModelRepository {

    static final int MOST_IMAGES = 7;
    static final int MOST_TAGS = 4;

    /// The tags that begin so are the exclusions of all modes `_WITH_EXCLUSION`.
    static final String EXCLUDED = "ex";

    /// How ECR words which images went and which could not.
    public record Deleted(Set<String> ids, List<Outcome> failures) {}

    final Map<String, String> layers = new TreeMap<>();
    final Map<String, ModelManifest> images = new LinkedHashMap<>();
    final TreeMap<String, String> tags = new TreeMap<>();
    String mutability = "MUTABLE";

    /// @param under all of these tags, or nothing at all
    /// @param asked the digest that the client says it has
    Outcome put(boolean byJson, ModelManifest manifest, List<String> under, @Nullable String asked) {
        if (byJson && manifest.isImageWithoutLayers()) {
            return Outcome.MANIFEST_INVALID;
        }
        var digest = manifest.digest();
        if (asked != null && !asked.equals(digest)) {
            return Outcome.DIGEST_OF_ANOTHER;
        }
        var more = new TreeSet<>(under);
        more.removeIf(tag -> digest.equals(tags.get(tag)));
        if (images.containsKey(digest) && more.isEmpty()) {
            return Outcome.MANIFEST_THERE;
        }
        if (!layers.keySet().containsAll(manifest.layers().keySet())) {
            return Outcome.LAYERS_ABSENT;
        }
        if (!manifest.children().stream().allMatch(child -> images.containsKey(child.digest()))) {
            return Outcome.CHILDREN_ABSENT;
        }
        var isTaken = more.stream().anyMatch(tag -> tags.containsKey(tag) && !mayMove(tag));
        return isTaken ? Outcome.TAG_TAKEN : store(manifest, digest, more);
    }

    private Outcome store(ModelManifest manifest, String digest, Set<String> more) {
        if ((!images.containsKey(digest) && images.size() >= MOST_IMAGES)
                || tagsOf(digest).size() + more.size() > MOST_TAGS) {
            return Outcome.TOO_MANY;
        }
        images.put(digest, manifest);
        more.forEach(tag -> tags.put(tag, digest));
        return Outcome.DONE;
    }

    private boolean mayMove(String tag) {
        return switch (mutability) {
            case "MUTABLE" -> true;
            case "IMMUTABLE" -> false;
            case "IMMUTABLE_WITH_EXCLUSION" -> tag.startsWith(EXCLUDED);
            default -> !tag.startsWith(EXCLUDED);
        };
    }

    Set<String> tagsOf(String digest) {
        var all = new TreeSet<String>();
        tags.forEach((tag, image) -> {
            if (image.equals(digest)) {
                all.add(tag);
            }
        });
        return all;
    }

    /// The digest that a tag or a digest stands for.
    Optional<ModelManifest> find(String reference) {
        return Optional.ofNullable(images.get(tags.getOrDefault(reference, reference)));
    }

    /// @param references tags and digests
    Deleted delete(boolean byJson, List<String> references) {
        var ids = new TreeSet<String>();
        var failures = new ArrayList<Outcome>();
        for (var reference : new LinkedHashSet<>(references)) {
            var outcome = delete(byJson, reference, ids);
            if (outcome != Outcome.DONE) {
                failures.add(outcome);
            }
        }
        return new Deleted(ids, failures);
    }

    private Outcome delete(boolean byJson, String reference, Set<String> ids) {
        var image = find(reference);
        if (image.isEmpty()) {
            return Outcome.IMAGE_ABSENT;
        }
        var digest = image.get().digest();
        if (tags.containsKey(reference) && !(byJson && tagsOf(digest).size() == 1)) {
            tags.remove(reference);
            ids.add(digest + " " + reference);
            return Outcome.DONE;
        }
        return deleteImage(digest, ids);
    }

    private Outcome deleteImage(String digest, Set<String> ids) {
        var isChild = images.values().stream()
                .flatMap(other -> other.children().stream())
                .anyMatch(child -> child.digest().equals(digest));
        if (isChild) {
            return Outcome.IMAGE_REFERENCED;
        }
        var own = tagsOf(digest);
        own.forEach(tag -> ids.add(digest + " " + tag));
        if (own.isEmpty()) {
            ids.add(digest);
        }
        own.forEach(tags::remove);
        images.remove(digest);
        return Outcome.DONE;
    }

    Outcome deleteLayer(String digest) {
        if (!layers.containsKey(digest)) {
            return Outcome.LAYER_ABSENT;
        }
        if (images.values().stream().anyMatch(image -> image.layers().containsKey(digest))) {
            return Outcome.LAYER_REFERENCED;
        }
        layers.remove(digest);
        return Outcome.DONE;
    }

    /// Everything of each image: digest, type, size and tags, in the order of first pushes.
    List<String> described(@Nullable Boolean tagged) {
        return images.values().stream()
                .filter(image ->
                        tagged == null || tagged != tagsOf(image.digest()).isEmpty())
                .map(image -> image.digest() + " " + image.type() + " " + image.size() + " " + tagsOf(image.digest()))
                .toList();
    }

    /// An entry for each tag, then one for each image without.
    List<String> listed(@Nullable Boolean tagged) {
        var all = new ArrayList<String>();
        if (!Boolean.FALSE.equals(tagged)) {
            tags.forEach((tag, digest) -> all.add(digest + " " + tag));
        }
        if (!Boolean.TRUE.equals(tagged)) {
            images.keySet().stream()
                    .filter(digest -> tagsOf(digest).isEmpty())
                    .sorted()
                    .forEach(all::add);
        }
        return all;
    }

    /// Digest, type, artifact type and size of each that is about the subject, in the order of first pushes.
    List<String> referrers(String subject, @Nullable String artifactType) {
        var all = new ArrayList<String>();
        images.forEach((digest, image) -> {
            var referral = image.referral();
            if (referral != null
                    && referral.subject().equals(subject)
                    && (artifactType == null || referral.artifactType().equals(artifactType))) {
                all.add("%s %s %s %d"
                        .formatted(
                                digest,
                                image.type(),
                                referral.artifactType(),
                                image.text().length()));
            }
        });
        return all;
    }
}
