package entrepot.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// An Entrepot of one node whose PostgreSQL has so many images, each of which names all that is stored: half of them in
/// a repository where nearly all have a tag, half in one where nearly none has.
///
/// @param tags some of the first repository
/// @param subject the digest of an image that a tenth of all name as their subject
record SizedRegistry(int images, EntrepotCluster cluster, List<String> tags, String subject) implements AutoCloseable {
    static final int REFERENCES = 10;
    static final int PAGE = 1_000;
    static final String TAGGED = "tagged";
    static final String UNTAGGED = "untagged";
    static final String ONE_IMAGE = "one";
    static final String REGION = "eu-west-1";
    private static final int SOME_TAGS = 10_000;

    /// @param stored a config and layers, which are all that is named
    static SizedRegistry start(int images, Postgres postgres, S3Server s3, Path folder, List<Blob> stored)
            throws IOException {
        var name = "images" + images;
        var cluster = EntrepotCluster.start(name, 1, postgres, s3, folder);
        for (var repository : List.of(TAGGED, UNTAGGED, ONE_IMAGE)) {
            cluster.node().create(repository);
        }
        cluster.node().v2().store(stored);
        try (var filling = Filling.of(postgres.url(name), Postgres.USER, stored)) {
            fill(filling, images);
            return new SizedRegistry(
                    images, cluster, filling.someTags(TAGGED, SOME_TAGS), filling.firstDigest(UNTAGGED));
        }
    }

    private static void fill(Filling filling, int images) throws IOException {
        System.err.printf("filling PostgreSQL with %,d images%n", images);
        var half = images / 2;
        var rare = half / PAGE;
        filling.images(TAGGED, half, i -> i % rare == 0 ? 0 : 1);
        filling.images(UNTAGGED, half, i -> i % rare == 0 ? 1 : 0);
        filling.images(ONE_IMAGE, 1, _ -> PAGE);
        filling.referrers(UNTAGGED, images / 10);
        filling.repositories(REGION, images / 10);
        filling.settlePostgres();
    }

    String name() {
        return "of %,d".formatted(images);
    }

    EntrepotServer node() {
        return cluster.node();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
