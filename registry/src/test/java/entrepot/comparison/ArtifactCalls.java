package entrepot.comparison;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a client calls that ECR took from OCI's specification, or has not at all: referrers, several tags at once and
/// mounted layers.
record ArtifactCalls(Answers answers, Pool pool, JsonDoor json, V2Door v2) {

    void put(String name, @Nullable ModelRepository repository, ModelManifest manifest) {
        var tags = Stream.generate(pool::tag).limit(3).distinct().toList();
        var expected = repository == null ? Outcome.REPOSITORY_ABSENT : repository.put(false, manifest, tags, null);
        answers.outcome(
                "put %s as %s into %s".formatted(manifest.digest(), tags, name),
                v2,
                expected,
                v2.put(name, manifest, tags));
    }

    /// @param from the repository that may have the layer
    void mount(String name, @Nullable ModelRepository repository, String from, @Nullable ModelRepository source) {
        var content = pool.layer();
        var digest = ModelManifest.sha256(content);
        var isThere = source != null && source.layers.containsKey(digest);
        var expected = repository == null ? Outcome.REPOSITORY_ABSENT.at(false) : isThere ? "mounted" : "upload";
        answers.same("mount '%s' of %s into %s".formatted(content, from, name), expected, v2.mount(name, digest, from));
        if (repository != null && isThere) {
            repository.layers.put(digest, content);
        }
    }

    /// Those of a manifest, and of what it is about itself.
    void referrers(String name, @Nullable ModelRepository repository, ModelManifest manifest) {
        if (repository != null) {
            var referral = manifest.referral();
            referrers(name, repository, referral == null || pool.oneIn(2) ? manifest.digest() : referral.subject());
        }
    }

    private void referrers(String name, ModelRepository repository, String subject) {
        var type = pool.oneIn(2) ? pool.of(Pool.ARTIFACT_TYPES) : null;
        for (var door : List.<Door>of(json, v2)) {
            answers.same(
                    "referrers of %s in %s of type %s by json %b".formatted(subject, name, type, door.isJson()),
                    repository.referrers(subject, type),
                    door.referrers(name, subject, type, 2));
        }
    }
}
