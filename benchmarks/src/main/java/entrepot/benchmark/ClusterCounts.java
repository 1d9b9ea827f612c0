package entrepot.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// Counts S3 requests at the server, and what is written into PostgreSQL.
final class ClusterCounts {
    static final String MANIFEST = "S3 requests for a manifest's PUT";
    private static final int MANIFESTS = 1_000;
    private static final long BYTES = 200L * Benchmark.MB;
    private static final Duration ENOUGH = Duration.ofMinutes(5);

    private interface Action {
        void run() throws IOException;
    }

    private final Blobs blobs;
    private final EntrepotCluster entrepot;
    private final Registry distribution;
    private final Counts counts;

    private ClusterCounts(Blobs blobs, EntrepotCluster entrepot, Registry distribution, Counts counts) {
        this.blobs = blobs;
        this.entrepot = entrepot;
        this.distribution = distribution;
        this.counts = counts;
    }

    static void run(Blobs blobs, EntrepotCluster entrepot, Registry distribution, Counts counts) throws IOException {
        var counting = new ClusterCounts(blobs, entrepot, distribution, counts);
        for (var size : Benchmark.SIZES) {
            counting.layers(size);
        }
        counting.manifests();
    }

    static String push(int size) {
        return "S3 requests for the push of a layer of %d MB".formatted(size / Benchmark.MB);
    }

    private static String pull(int size) {
        return "S3 requests for the pull of a layer of %d MB".formatted(size / Benchmark.MB);
    }

    private void layers(int size) throws IOException {
        var layers = blobs.make((int) Math.min(100, BYTES / size), size);
        var logged = entrepot.postgres().logged();
        count(push(size), layers.size(), () -> v2().push(layers), () -> distribution.push(layers));
        counts.add(
                "Bytes of PostgreSQL's log for the push of a layer of %d MB".formatted(size / Benchmark.MB),
                (double) (entrepot.postgres().logged() - logged) / layers.size());
        count(
                pull(size),
                layers.size(),
                () -> Benchmark.pull(v2(), layers),
                () -> Benchmark.pull(distribution, layers));
    }

    private Registry v2() {
        return entrepot.node().v2();
    }

    private void manifests() throws IOException {
        var stored = blobs.make(1 + Manifests.LAYERS, 1000);
        v2().store(stored);
        distribution.store(stored);
        var images = IntStream.range(0, MANIFESTS)
                .mapToObj(i -> TaggedManifest.of(-1 - i, stored))
                .toList();
        var logged = entrepot.postgres().logged();
        var size = size();
        count(
                MANIFEST,
                MANIFESTS,
                () -> ask(entrepot.node(), entrepot.node().puts(images)),
                () -> ask(distribution, distribution.puts(images)));
        counts.add(
                "Bytes of PostgreSQL's log for a PutImage",
                (double) (entrepot.postgres().logged() - logged) / MANIFESTS);
        counts.add("Bytes of PostgreSQL's files for a PutImage", (double) (size() - size) / MANIFESTS);
        count(
                "S3 requests for a manifest's GET by tag",
                MANIFESTS,
                () -> ask(entrepot.node(), gets(v2(), images)),
                () -> ask(distribution, gets(distribution, images)));
    }

    private long size() throws IOException {
        return entrepot.postgres().number("postgres", "select pg_database_size('%s')".formatted(entrepot.name()));
    }

    private static List<byte[]> gets(Registry registry, List<TaggedManifest> images) {
        return images.stream().map(image -> registry.manifest(image.tag())).toList();
    }

    private static void ask(Contender.Putter server, List<byte[]> requests) throws IOException {
        RequestLoop.run(server.address(), Clients.COUNT, requests, ENOUGH, new Latencies());
    }

    private void count(String label, int times, Action ours, Action theirs) throws IOException {
        System.err.println("counting: " + label);
        counts.add(
                label,
                (double) requests(entrepot.name(), ours) / times,
                (double) requests(Distribution.BUCKET, theirs) / times);
    }

    private long requests(String bucket, Action action) throws IOException {
        var before = entrepot.s3().requests(bucket);
        action.run();
        return entrepot.s3().requests(bucket) - before;
    }
}
