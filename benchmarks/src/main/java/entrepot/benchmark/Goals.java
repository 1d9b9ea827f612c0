package entrepot.benchmark;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What Entrepot wants to reach: against docker-registry, with encryption against without, and among many against among
/// few.
record Goals(Results results) {
    private static final int MB = 1_000_000;
    static final String LINE = "%-86s %s%n";
    private static final double SLOWEST_PAGE = 1.5;

    private static final List<Goal> LIMITS = List.of(
            Goal.less("pull of 1 MB", Work.pull(MB), Nginx.NAME, 1.0),
            Goal.less("pull of 10 MB", Work.pull(10 * MB), Nginx.NAME, 1.3),
            Goal.less("pull of 100 MB", Work.pull(100 * MB), Nginx.NAME, 1.4),
            Goal.less("push of 1 MB", Work.push(MB), Limit.NAME, 1.1),
            Goal.less("push of 10 MB", Work.push(10 * MB), Limit.NAME, 0.95),
            Goal.less("push of 100 MB", Work.push(100 * MB), Limit.NAME, 0.95),
            Goal.less("push of 10 MB", Work.push(10 * MB), Distribution.NAME, 1.5),
            Goal.less("push of 100 MB", Work.push(100 * MB), Distribution.NAME, 1.7),
            Goal.less("manifest GET by tag", Work.read(Reads.GET_BY_TAG), Distribution.NAME, 6),
            Goal.less("manifest GET by digest", Work.read(Reads.GET_BY_DIGEST), Distribution.NAME, 6),
            Goal.less("manifest HEAD by tag", Work.read(Reads.HEAD_BY_TAG), Distribution.NAME, 6),
            Goal.less("PutImage, 64 callers", Work.put(64), Distribution.NAME, 8),
            Goal.less("manifest PUT, 64 callers", Work.put(64), Distribution.NAME, 10)
                    .by(EntrepotServer.NAME_V2),
            Goal.speed(
                    "PutImage, 1 caller: at least 4 x docker-registry's manifest PUT per second",
                    Work.put(1),
                    DockerRegistry.NAME,
                    4));

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

    private static final List<Goal> CLUSTER_GOALS = Stream.of(
                    Benchmark.SIZES.stream().map(size -> cluster("push", Work.clusterPush(size), size, 0.8)),
                    Benchmark.SIZES.stream().map(size -> cluster("pull", Work.clusterPull(size), size, 0.6)),
                    Stream.of(Goal.speed(
                            "PostgreSQL and S3, PutImage, 64 callers: at least 4 x distribution's manifest PUT",
                            Work.clusterPut(),
                            Distribution.NAME,
                            4)))
            .flatMap(goals -> goals)
            .toList();

    private static Goal cluster(String what, Work work, int size, double atMost) {
        var text =
                "PostgreSQL and S3, %s of %d MB: CPU at most %s of distribution's".formatted(what, size / MB, atMost);
        return Goal.cpu(text, work, Distribution.NAME, atMost);
    }

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
                                    Kms.OF_LARGE,
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
        return all().map(this::line)
                .collect(Collectors.joining("", "\nGoals\n", slowestPage() + new ClusterGoals(results).text()));
    }

    private static Stream<Goal> all() {
        return Stream.of(LIMITS, GOALS, KMS_GOALS, CLUSTER_GOALS).flatMap(List::stream);
    }

    /// What became of those whose contenders ran.
    List<Verdict> verdicts() {
        return all().filter(goal -> goal.ratio(results).isPresent())
                .map(goal -> verdict(goal, goal.ratio(results).getAsDouble()))
                .toList();
    }

    private static Verdict verdict(Goal goal, double ratio) {
        return new Verdict(goal.text(), ratio, goal.bound(), goal.least(), goal.met(ratio));
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
        return LINE.formatted("any page among many: at most 1.5 x the time of the same page among few", verdict);
    }

    static String verdict(boolean met, double ratio) {
        return "%s (%.2f)".formatted(met ? "met" : "not met", ratio);
    }

    private String line(Goal goal) {
        var ratio = goal.ratio(results);
        var verdict = ratio.isEmpty() ? "not run" : verdict(goal.met(ratio.getAsDouble()), ratio.getAsDouble());
        return LINE.formatted(goal.text(), verdict);
    }
}
