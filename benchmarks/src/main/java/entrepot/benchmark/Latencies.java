package entrepot.benchmark;

import java.util.ArrayList;
import java.util.List;

/// How long requests took.
final class Latencies {
    private final List<Long> nanos = new ArrayList<>();

    void add(long duration) {
        nanos.add(duration);
    }

    /// In milliseconds, that within which 99 of 100 were answered; 0 if there were none.
    double p99() {
        var sorted = nanos.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) (sorted.size() * 0.99)) / 1e6;
    }
}
