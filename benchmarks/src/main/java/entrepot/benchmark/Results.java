package entrepot.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.ToDoubleFunction;

/// All samples that count.
final class Results {
    private final Counts counts = new Counts();
    private final SequencedMap<Work, Map<String, List<Sample>>> samples = new LinkedHashMap<>();

    void add(Work work, String contender, Sample sample) {
        samples.computeIfAbsent(work, none -> new LinkedHashMap<>())
                .computeIfAbsent(contender, none -> new ArrayList<>())
                .add(sample);
    }

    Counts counts() {
        return counts;
    }

    SequencedSet<Work> works() {
        return samples.sequencedKeySet();
    }

    /// The medians of what the contender did; nothing, if it did not run.
    Optional<Median> median(Work work, String contender) {
        var rounds = samples(work, contender);
        return rounds.isEmpty() ? Optional.empty() : Optional.of(Median.of(rounds));
    }

    /// All of them that count, in order.
    List<Sample> samples(Work work, String contender) {
        return samples.getOrDefault(work, Map.of()).getOrDefault(contender, List.of());
    }

    /// Ours over theirs.
    OptionalDouble ratio(Work work, String theirs, ToDoubleFunction<Median> figure) {
        return ratio(work, work.contenders().getFirst(), theirs, figure);
    }

    /// Of a contender of ours over another's.
    OptionalDouble ratio(Work work, String ours, String theirs, ToDoubleFunction<Median> figure) {
        var our = median(work, ours);
        var their = median(work, theirs);
        return our.isPresent() && their.isPresent()
                ? OptionalDouble.of(figure.applyAsDouble(our.get()) / figure.applyAsDouble(their.get()))
                : OptionalDouble.empty();
    }

    /// @param amountPerSecond bytes or requests
    /// @param cpuSecondsPerUnit of the server, for a byte or a request
    /// @param p50 milliseconds
    /// @param p99 milliseconds
    /// @param others cores
    record Median(double amountPerSecond, double cpuSecondsPerUnit, double p50, double p99, double others) {

        double secondsPerUnit() {
            return 1 / amountPerSecond;
        }

        private static Median of(List<Sample> rounds) {
            return new Median(
                    middle(rounds, Sample::amountPerSecond),
                    middle(rounds, Sample::cpuSecondsPerUnit),
                    middle(rounds, Sample::p50),
                    middle(rounds, Sample::p99),
                    middle(rounds, Sample::others));
        }

        private static double middle(List<Sample> rounds, ToDoubleFunction<Sample> figure) {
            var sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
            var half = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        }
    }
}
