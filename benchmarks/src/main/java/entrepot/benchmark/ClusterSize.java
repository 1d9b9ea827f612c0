package entrepot.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A registry in PostgreSQL with many images beside one with 10,000: pushes, pulls, and a page of each list.
final class ClusterSize {
    static final int FEW = 10_000;
    private static final int UNLIKE_ALL = 1_000_000_000;
    private static final double ALIKE = 0.05;
    private static final Duration ASKING = Duration.ofSeconds(2);

    private final Options options;
    private final Rounds rounds;
    private final List<SizedRegistry> registries = new ArrayList<>();
    private final Map<Work, List<Page>> pages = new LinkedHashMap<>();

    private ClusterSize(Options options, Rounds rounds) {
        this.options = options;
        this.rounds = rounds;
    }

    static void run(Options options, Blobs blobs, Rounds rounds) throws IOException {
        if (!Postgres.isHere() || Programs.built(S3Server.PROGRAM).isEmpty()) {
            System.err.println("cluster-size: not run, since PostgreSQL or versitygw is not installed");
            return;
        }
        var folder = options.folder().resolve("size");
        var size = new ClusterSize(options, rounds);
        try (var postgres = Postgres.start();
                var s3 = S3Server.start(folder.resolve("s3"))) {
            var stored = blobs.make(SizedRegistry.REFERENCES, 1_000);
            for (var images : List.of(options.images(), FEW)) {
                size.registries.add(SizedRegistry.start(images, postgres, s3, folder, stored));
            }
            size.run(stored);
        } finally {
            size.registries.forEach(SizedRegistry::close);
        }
    }

    private void run(List<Blob> stored) throws IOException {
        var manifests = new Manifests(stored, UNLIKE_ALL);
        SizedPages.of(this::compare, registries);
        for (var round = 0; round <= options.rounds(); round++) {
            for (var pair : pages.entrySet()) {
                rounds.run(pair.getKey(), round, pair.getValue(), Page::load);
            }
        }
        run(withDatabase("manifest GET by tag"), registry -> () -> get(registry));
        run(withDatabase("PutImage"), registry -> () -> put(registry, manifests)); // at last: there are more then
    }

    private static Sample.Load put(SizedRegistry registry, Manifests manifests) {
        return manifests.load(registry.node().in(SizedRegistry.TAGGED), Cluster.CALLERS);
    }

    private static Sample.Load get(SizedRegistry registry) {
        var v2 = registry.node().v2().in(SizedRegistry.TAGGED);
        var requests = Benchmark.repeat(
                registry.tags().stream().map(v2::manifest).toList(),
                10 * registry.tags().size());
        return () -> {
            var latencies = new Latencies();
            var answered = RequestLoop.run(v2.address(), Cluster.CALLERS, requests, ASKING, latencies);
            return Sample.Done.requests(answered, latencies);
        };
    }

    private void run(Work work, Function<SizedRegistry, Turn.Preparation> preparation) throws IOException {
        var turns = registries.stream()
                .map(registry -> registry.cluster().turn(registry.name(), preparation.apply(registry)))
                .toList();
        for (var round = 0; round <= options.rounds(); round++) {
            rounds.run(work, round, turns, Turn::prepare);
        }
    }

    private Work work(String label) {
        return Work.size(
                label, registries.getFirst().name(), registries.getLast().name());
    }

    private Work withDatabase(String label) {
        return Work.sizeWithDatabase(
                label, registries.getFirst().name(), registries.getLast().name());
    }

    /// Pages are alike if they are of about one size, in bytes.
    private void compare(String label, Page many, Page few) throws IOException {
        var ratio = (double) many.text().length() / few.text().length();
        if (Math.abs(ratio - 1) > ALIKE) {
            throw new IOException("%s: answers of %.2f the size".formatted(label, ratio));
        }
        pages.put(work(label), List.of(many, few));
    }
}
