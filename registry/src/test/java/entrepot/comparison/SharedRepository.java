package entrepot.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A repository that all clients use at once. Nobody knows what it holds, but some things must be so in any case.
final class SharedRepository {

    final String name;
    final JsonDoor json;
    final V2Door v2;

    /// What was ever put under each tag.
    private final Map<String, Set<String>> put = new ConcurrentHashMap<>();

    /// What was acknowledged and is never touched again, by its tag.
    private final Map<String, ModelManifest> kept = new ConcurrentHashMap<>();

    SharedRepository(String name, JsonDoor json, V2Door v2) {
        this.name = name;
        this.json = json;
        this.v2 = v2;
        json.ecr.createRepository(r -> r.repositoryName(name));
    }

    /// Said before the call.
    void puts(String tag, ModelManifest manifest) {
        put.computeIfAbsent(tag, _ -> ConcurrentHashMap.newKeySet()).add(manifest.digest());
    }

    void keeps(String tag, ModelManifest manifest) {
        kept.put(tag, manifest);
    }

    /// While nobody calls.
    void check() {
        var described = json.described(name, 4, null);
        var listed = json.listed(name, 4, true);
        assertThat(described)
                .as("no image twice")
                .doesNotHaveDuplicates()
                .hasSizeLessThanOrEqualTo(ModelRepository.MOST_IMAGES);
        assertThat(tagsOf(described))
                .as("tags by DescribeImages and ListImages")
                .isEqualTo(Set.copyOf(listed));
        assertThat(v2.tags(name, 4)).as("tags on both doors").isEqualTo(json.tags(name, 3));
        listed.forEach(this::checkTag);
        described.forEach(image -> checkImage(image.split(" ", -1)[0]));
        kept.forEach((tag, manifest) -> {
            assertThat(listed).as("what was acknowledged").contains(manifest.digest() + " " + tag);
            manifest.layers().forEach(this::checkLayer);
            assertThat(v2.get(name, tag)).first().isEqualTo(manifest.text());
        });
    }

    private static Set<String> tagsOf(List<String> described) {
        var all = ConcurrentHashMap.<String>newKeySet();
        for (var image : described) {
            var digest = image.split(" ", -1)[0];
            for (var tag : image.replaceFirst(".*\\[(.*)\\]", "$1").split(", ", -1)) {
                if (!tag.isEmpty()) {
                    all.add(digest + " " + tag);
                }
            }
        }
        return all;
    }

    private void checkTag(String entry) {
        var digest = entry.split(" ", -1)[0];
        var tag = entry.split(" ", -1)[1];
        assertThat(put.getOrDefault(tag, Set.of())).as("put under " + tag).contains(digest);
        assertThat(json.get(name, tag))
                .as("image of " + tag)
                .isEqualTo(v2.get(name, tag))
                .last()
                .isEqualTo(digest);
    }

    /// All that it names is there.
    private void checkImage(String digest) {
        var image = v2.get(name, digest);
        assertThat(image).as("image " + digest).hasSize(3);
        assertThat(ModelManifest.sha256(image.getFirst())).isEqualTo(digest);
        for (var named : image.getFirst().split("\"digest\":\"", -1)) {
            if (named.startsWith("sha256:")) {
                var child = named.substring(0, named.indexOf('"'));
                var kind = image.get(1).equals(ModelManifest.INDEX) ? "manifests" : "blobs";
                assertThat(v2.head(name, kind, child))
                        .as(child + " of " + digest)
                        .isEqualTo(200);
            }
        }
    }

    private void checkLayer(String digest, String content) {
        assertThat(v2.layer(name, digest)).isEqualTo(content);
        assertThat(json.layer(name, digest)).isEqualTo(content);
    }
}
