package entrepot.comparison;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// What random calls are about: few things, so that they meet.
record Pool(Random random) {

    /// Each is a sequence of [#PARTS].
    static final List<String> LAYERS = List.of("a", "bb", "ccc", "abb", "bbccc", "{}", "");

    static final List<String> PARTS = List.of("a", "bb", "ccc", "{}");
    static final List<String> TAGS = List.of("v1", "v2", "v3", "ex1", "ex2", "latest", "V1", "v10");
    private static final List<String> MODES =
            List.of("MUTABLE", "IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION", "MUTABLE_WITH_EXCLUSION");
    static final List<String> ARTIFACT_TYPES =
            List.of("application/vnd.example.sbom", "application/vnd.example.sig+json");
    private static final int NOTES = 3;

    <T> T of(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    String tag() {
        return of(TAGS);
    }

    String layer() {
        return of(LAYERS);
    }

    String mode() {
        return oneIn(2) ? "MUTABLE" : of(MODES);
    }

    ModelManifest image() {
        var layers = IntStream.range(0, oneIn(8) ? 0 : 1 + random.nextInt(2))
                .mapToObj(_ -> of(LAYERS.subList(0, 3)))
                .toList();
        return ModelManifest.image("note " + random.nextInt(NOTES), "{}", layers);
    }

    /// @param subjects to choose from
    ModelManifest referrer(List<ModelManifest> subjects) {
        var subject = subjects.isEmpty() || oneIn(3) ? image() : of(subjects);
        return ModelManifest.referrer(subject, of(ARTIFACT_TYPES));
    }

    /// @param children to choose from
    ModelManifest index(List<ModelManifest> children) {
        return ModelManifest.index(IntStream.range(0, 1 + random.nextInt(2))
                .mapToObj(_ -> children.isEmpty() ? image() : of(children))
                .distinct()
                .toList());
    }
}
