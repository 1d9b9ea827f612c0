package entrepot.benchmark;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// What Entrepot wants to reach: against docker-registry, and among many against among few.
record Goals(Results results) {
    private static final int MB = 1_000_000;
    private static final double SLOWEST_PAGE = 1.5;

    /// @param figure of which Entrepot's over docker-registry's is taken
    /// @param least whether the bound is the least that is good, and not the most
    private record Goal(String text, Work work, ToDoubleFunction<Results.Median> figure, boolean least, double bound) {
        static Goal cpu(String text, Work work, double atMost) {
            return new Goal(text, work, Results.Median::cpuSecondsPerUnit, false, atMost);
        }

        boolean met(double ratio) {
            return least ? ratio >= bound : ratio <= bound;
        }
    }

    private static final List<Goal> GOALS = List.of(
            Goal.cpu("pull of 100 MB: CPU at most 0.5 of docker-registry's", Work.pull(100 * MB), 0.5),
            Goal.cpu("pull of 1 MB: CPU at most 0.25 of docker-registry's", Work.pull(MB), 0.25),
            Goal.cpu("push of 1 MB: CPU at most 0.5 of docker-registry's", Work.push(MB), 0.5),
            new Goal(
                    "PutImage, 64 callers: at least 3 x docker-registry's manifest PUT per second",
                    Work.put(64),
                    Results.Median::amountPerSecond,
                    true,
                    3));

    String text() {
        return GOALS.stream().map(this::line).collect(Collectors.joining("", "\nGoals\n", slowestPage()));
    }

    /// By the wall clock.
    private String slowestPage() {
        var slowest = results.works().stream()
                .filter(work -> work.part() == Options.Part.PAGES)
                .mapToDouble(work -> 1
                        / results.ratio(work, work.contenders().getLast(), Results.Median::amountPerSecond)
                                .orElseThrow())
                .max();
        var verdict =
                slowest.isEmpty() ? "not run" : verdict(slowest.getAsDouble() <= SLOWEST_PAGE, slowest.getAsDouble());
        return "%-80s %s%n"
                .formatted("any page among many: at most 1.5 x the time of the same page among few", verdict);
    }

    private static String verdict(boolean met, double ratio) {
        return "%s (%.2f)".formatted(met ? "met" : "not met", ratio);
    }

    private String line(Goal goal) {
        var ratio = results.ratio(goal.work(), DockerRegistry.NAME, goal.figure());
        var verdict = ratio.isEmpty() ? "not run" : verdict(goal.met(ratio.getAsDouble()), ratio.getAsDouble());
        return "%-80s %s%n".formatted(goal.text(), verdict);
    }
}
