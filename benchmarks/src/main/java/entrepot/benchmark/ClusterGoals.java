package entrepot.benchmark;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Goals of many nodes that are no figure of ours over one of theirs in one line of work.
record ClusterGoals(Results results) {
    private static final double SCALE = 1.15;
    private static final double SIZE = 1.5;

    String text() {
        return Stream.of(requests(), scale(), size()).collect(Collectors.joining());
    }

    private String requests() {
        var layers = Benchmark.SIZES.stream()
                .map(size -> line(
                        ClusterCounts.push(size) + ": at most half of distribution's",
                        results.counts().ratio(ClusterCounts.push(size)),
                        0.5))
                .collect(Collectors.joining());
        return layers + line(ClusterCounts.MANIFEST + ": none", results.counts().ours(ClusterCounts.MANIFEST), 0);
    }

    /// The dearest number of nodes over the cheapest.
    private String scale() {
        return Stream.of(Work.scalePut(), Work.scalePutEach(), Work.scalePull(), Work.scalePullEach())
                .map(work -> line(
                        "1, 2 and 4 nodes, %s: CPU within 15 %%".formatted(work.label()),
                        spread(work, Results.Median::cpuSecondsPerUnit),
                        SCALE))
                .collect(Collectors.joining());
    }

    private OptionalDouble spread(Work work, Function<Results.Median, Double> figure) {
        var all = work.contenders().stream()
                .flatMap(name -> results.median(work, name).stream())
                .mapToDouble(figure::apply)
                .summaryStatistics();
        return all.getCount() == 0 ? OptionalDouble.empty() : OptionalDouble.of(all.getMax() / all.getMin());
    }

    /// By the wall clock.
    private String size() {
        return sized().stream()
                .map(work -> line(
                        "%s among %s: at most 1.5 x the time"
                                .formatted(work.label(), work.contenders().getFirst()),
                        results.ratio(work, work.contenders().getLast(), Results.Median::secondsPerUnit),
                        SIZE))
                .collect(Collectors.joining());
    }

    private List<Work> sized() {
        return results.works().stream()
                .filter(work -> work.table() == Table.CLUSTER_SIZE)
                .toList();
    }

    private static String line(String text, OptionalDouble figure, double atMost) {
        return Goals.LINE.formatted(
                text,
                figure.isEmpty() ? "not run" : Goals.verdict(figure.getAsDouble() <= atMost, figure.getAsDouble()));
    }
}
