package entrepot.benchmark;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Manifests of the same stored blobs, each unlike any other.
final class Manifests {
    static final int LAYERS = 10;
    private static final int MOST_PUTS = 16_000;
    private static final Duration PUTTING = Duration.ofSeconds(3);

    private final List<Blob> stored;
    private int made;

    /// @param stored the config, then the layers
    Manifests(List<Blob> stored) {
        this(stored, 0);
    }

    /// @param first number of a manifest of them
    Manifests(List<Blob> stored, int first) {
        this.stored = stored;
        this.made = first;
    }

    /// Callers that store manifests as fast as they can.
    Sample.Load load(Contender.Putter putter, int callers) {
        return load(putter, List.of(putter.address()), callers);
    }

    /// @param servers that take the putter's requests
    Sample.Load load(Contender.Putter putter, List<InetSocketAddress> servers, int callers) {
        var requests = putter.puts(Stream.generate(() -> TaggedManifest.of(made++, stored))
                .limit(MOST_PUTS)
                .toList());
        return () -> {
            var latencies = new Latencies();
            var answered = RequestLoop.run(servers, callers, requests, PUTTING, latencies);
            return Sample.Done.requests(answered, latencies);
        };
    }
}
