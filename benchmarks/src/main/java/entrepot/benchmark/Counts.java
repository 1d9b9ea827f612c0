package entrepot.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What was counted, for one of many like operations, beside what distribution needs for the same.
final class Counts {
    private static final String ROW = "%-56s %14s %14s%n";

    /// @param theirs nothing, where they have no such thing
    private record Count(double ours, OptionalDouble theirs) {}

    private final SequencedMap<String, Count> counts = new LinkedHashMap<>();

    void add(String label, double ours) {
        counts.put(label, new Count(ours, OptionalDouble.empty()));
    }

    void add(String label, double ours, double theirs) {
        counts.put(label, new Count(ours, OptionalDouble.of(theirs)));
    }

    OptionalDouble ours(String label) {
        return counts.containsKey(label) ? OptionalDouble.of(counts.get(label).ours()) : OptionalDouble.empty();
    }

    /// Ours over theirs.
    OptionalDouble ratio(String label) {
        return counts.containsKey(label)
                ? OptionalDouble.of(
                        counts.get(label).ours() / counts.get(label).theirs().orElseThrow())
                : OptionalDouble.empty();
    }

    /// Ours by label, with theirs where there is one.
    Map<String, Object> all() {
        var all = new LinkedHashMap<String, Object>();
        counts.forEach((label, count) -> all.put(
                label,
                count.theirs().isEmpty()
                        ? Map.of("ours", count.ours())
                        : Map.of("ours", count.ours(), "theirs", count.theirs().getAsDouble())));
        return all;
    }

    String text() {
        return counts.isEmpty()
                ? ""
                : counts.entrySet().stream()
                        .map(entry -> row(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(
                                "",
                                "\nCounted at the S3 server and in PostgreSQL, for each\n"
                                        + ROW.formatted("", EntrepotServer.NAME, Distribution.NAME),
                                ""));
    }

    private static String row(String label, Count count) {
        var theirs = Stream.of(count.theirs()).flatMapToDouble(OptionalDouble::stream);
        return ROW.formatted(
                label,
                figure(count.ours()),
                theirs.mapToObj(Counts::figure).findFirst().orElse(""));
    }

    private static String figure(double number) {
        return (number < 100 ? "%.2f" : "%,.0f").formatted(number);
    }
}
