package entrepot.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// An Entrepot with repositories of a million, and some of a thousand to compare with.
final class LargeRegistry {
    static final int FEW = 1_000;
    static final int MANY = 1_000_000;
    static final int MANY_REPOSITORIES = 100_000;
    static final String REGION_OF_FEW = "us-west-2";
    static final String REGION_OF_MANY = "eu-west-1";

    /// A thousand with a tag each, then a thousand without.
    static final String FEW_IMAGES = "few";

    static final String ONE_IMAGE = "one";
    static final String MANY_TAGS = "tags";
    static final String MANY_TAGGED = "tagged";
    static final String MANY_UNTAGGED = "untagged";

    /// One image of this many is unlike the others, in a repository of many.
    private static final int RARE = 1 + MANY / FEW;

    private static final List<String> SMALL_HEAP = List.of("env", "JAVA_TOOL_OPTIONS=-Xmx128m");

    private LargeRegistry() {}

    static EntrepotServer start(Path folder, Blobs blobs) throws IOException {
        var stored = blobs.make(2, 1_000);
        try (var empty = EntrepotServer.start(folder)) {
            empty.v2().store(stored);
            for (var name : List.of(FEW_IMAGES, ONE_IMAGE, MANY_TAGS, MANY_TAGGED, MANY_UNTAGGED)) {
                empty.create(name);
            }
        }
        try (var filling = Filling.of(folder.resolve("data/metadata.db"), stored)) {
            fill(filling);
        }
        return EntrepotServer.serve(folder, SMALL_HEAP);
    }

    private static void fill(Filling filling) throws IOException {
        images(filling, FEW_IMAGES, 2 * FEW, i -> i < FEW ? 1 : 0);
        images(filling, ONE_IMAGE, 1, _ -> FEW);
        images(filling, MANY_TAGS, FEW, _ -> MANY / FEW);
        images(filling, MANY_TAGGED, MANY + FEW, i -> i % RARE == 0 ? 0 : 1);
        images(filling, MANY_UNTAGGED, MANY + FEW, i -> i % RARE == 0 ? 1 : 0);
        filling.repositories(REGION_OF_FEW, FEW);
        filling.repositories(REGION_OF_MANY, MANY_REPOSITORIES);
    }

    private static void images(Filling filling, String repository, int images, IntUnaryOperator tags)
            throws IOException {
        System.err.printf("filling repository %s with %d images%n", repository, images);
        filling.images(repository, images, tags);
    }
}
