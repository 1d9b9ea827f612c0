package entrepot.benchmark;

import java.util.ArrayList;
import java.util.List;

/// How long requests took.
final class Latencies {
    private final List<Long> nanos = new ArrayList<>();

    void add(long duration) {
        nanos.add(duration);
    }

    /// In milliseconds, that within which half were answered; 0 if there were none.
    double p50() {
        return within(0.5);
    }

    /// The same of 99 of 100.
    double p99() {
        return within(0.99);
    }

    private double within(double part) {
        var sorted = nanos.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) (sorted.size() * part)) / 1e6;
    }
}
