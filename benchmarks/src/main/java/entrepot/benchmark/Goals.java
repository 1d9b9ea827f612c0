package entrepot.benchmark;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What Entrepot wants to reach: against docker-registry, with encryption against without, and among many against among
/// few.
record Goals(Results results) {
    private static final int MB = 1_000_000;
    private static final double SLOWEST_PAGE = 1.5;

    /// @param figure of which ours over theirs is taken
    /// @param theirs the contender
    /// @param least whether the bound is the least that is good, and not the most
    private record Goal(
            String text,
            Work work,
            String theirs,
            ToDoubleFunction<Results.Median> figure,
            boolean least,
            double bound) {

        static Goal cpu(String text, Work work, String theirs, double atMost) {
            return new Goal(text, work, theirs, Results.Median::cpuSecondsPerUnit, false, atMost);
        }

        static Goal speed(String text, Work work, String theirs, double atLeast) {
            return new Goal(text, work, theirs, Results.Median::amountPerSecond, true, atLeast);
        }

        boolean met(double ratio) {
            return least ? ratio >= bound : ratio <= bound;
        }
    }

    private static final List<Goal> GOALS = List.of(
            Goal.cpu(
                    "pull of 100 MB: CPU at most 0.5 of docker-registry's",
                    Work.pull(100 * MB),
                    DockerRegistry.NAME,
                    0.5),
            Goal.cpu("pull of 1 MB: CPU at most 0.25 of docker-registry's", Work.pull(MB), DockerRegistry.NAME, 0.25),
            Goal.cpu("push of 1 MB: CPU at most 0.5 of docker-registry's", Work.push(MB), DockerRegistry.NAME, 0.5),
            Goal.speed(
                    "PutImage, 64 callers: at least 3 x docker-registry's manifest PUT per second",
                    Work.put(64),
                    DockerRegistry.NAME,
                    3));

    private static final List<Goal> KMS_GOALS = Stream.of(
                    Benchmark.SIZES.stream().map(Goals::kmsPush),
                    Benchmark.SIZES.stream().map(Goals::kmsPull),
                    Stream.of(
                            Goal.speed(
                                    "KMS, PutImage, 64 callers: at least 0.8 x AES256's per second",
                                    Work.kmsPut(Kms.CALLERS),
                                    Kms.AES256,
                                    0.8),
                            Goal.cpu(
                                    "KMS, 4 KiB of a large layer: CPU at most 2 x that of a layer of 4 KiB",
                                    Work.kmsRange(),
                                    Kms.OF_SMALL,
                                    2),
                            new Goal(
                                    "KMS, 4 KiB of a large layer: p50 at most 2 x that of a layer of 4 KiB",
                                    Work.kmsRange(),
                                    Kms.OF_SMALL,
                                    Results.Median::p50,
                                    false,
                                    2)))
            .flatMap(goals -> goals)
            .toList();

    private static Goal kmsPush(int size) {
        var text = "KMS, push of %d MB: CPU at most 1.6 of AES256's".formatted(size / MB);
        return Goal.cpu(text, Work.kmsPush(size), Kms.AES256, 1.6);
    }

    private static Goal kmsPull(int size) {
        var text = "KMS, pull of %d MB: CPU at most 2 x that of decrypting alone".formatted(size / MB);
        return Goal.cpu(text, Work.kmsPull(size), DecryptingLimit.NAME, 2);
    }

    String text() {
        return Stream.concat(GOALS.stream(), KMS_GOALS.stream())
                .map(this::line)
                .collect(Collectors.joining("", "\nGoals\n", slowestPage()));
    }

    /// By the wall clock.
    private String slowestPage() {
        var slowest = results.works().stream()
                .filter(work -> work.table() == Table.PAGES)
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
        var ratio = results.ratio(goal.work(), goal.theirs(), goal.figure());
        var verdict = ratio.isEmpty() ? "not run" : verdict(goal.met(ratio.getAsDouble()), ratio.getAsDouble());
        return "%-80s %s%n".formatted(goal.text(), verdict);
    }
}
