package entrepot.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Callers that ask for manifests which are there, as clients do that pull: by tag or digest, with and without the
/// manifest itself.
///
/// @param reference of an image
record Reads(String label, String method, Function<TaggedManifest, String> reference) {
    static final String GET_BY_TAG = "GET by tag";
    static final String GET_BY_DIGEST = "GET by digest";
    static final String HEAD_BY_TAG = "HEAD by tag";
    static final List<Reads> ALL = List.of(
            new Reads(GET_BY_TAG, "GET", TaggedManifest::tag),
            new Reads(GET_BY_DIGEST, "GET", TaggedManifest::digest),
            new Reads(HEAD_BY_TAG, "HEAD", TaggedManifest::tag));
    private static final int CALLERS = 16;
    private static final int IMAGES = 100;
    private static final int MOST = 100_000;
    private static final Duration ASKING = Duration.ofSeconds(3);

    static void run(Options options, Blobs blobs, List<Registry> registries, Rounds rounds) throws IOException {
        var stored = blobs.make(1 + Manifests.LAYERS, 1000);
        for (var registry : registries) {
            registry.store(stored);
            store(stored, registry, IMAGES);
        }
        var images = images(stored, IMAGES);
        for (var read : ALL) {
            for (var round = 0; round <= options.rounds(); round++) {
                rounds.run(Work.read(read.label()), round, registries, read.asking(images));
            }
        }
    }

    static List<TaggedManifest> images(List<Blob> stored, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> TaggedManifest.of(-1 - i, stored))
                .toList();
    }

    /// Images of these blobs, put into the registry.
    static List<TaggedManifest> store(List<Blob> stored, Registry registry, int count) throws IOException {
        var images = images(stored, count);
        RequestLoop.run(registry.address(), 1, registry.puts(images), ASKING.multipliedBy(count), new Latencies());
        return images;
    }

    Rounds.Phase<Registry> asking(List<TaggedManifest> images) {
        return registry -> {
            var each = images.stream()
                    .map(image -> registry.manifest(method, reference.apply(image)))
                    .toList();
            var requests = Benchmark.repeat(each, MOST);
            return () -> {
                var latencies = new Latencies();
                var answered = RequestLoop.run(registry.address(), CALLERS, requests, ASKING, latencies);
                return Sample.Done.requests(answered, latencies);
            };
        };
    }
}
