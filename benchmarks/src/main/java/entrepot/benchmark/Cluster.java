package entrepot.benchmark;

import entrepot.benchmark.Options.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// An Entrepot that keeps all in PostgreSQL and S3 beside distribution 3 on the same S3 server; then one of 1, 2 and 4
/// nodes.
final class Cluster {
    static final int CALLERS = 64;
    private static final long PULLED = 1_000L * Benchmark.MB;
    private static final long PUSHED_SMALL = 200L * Benchmark.MB;
    private static final long PUSHED = 400L * Benchmark.MB;

    private final Options options;
    private final Blobs blobs;
    private final Rounds rounds;
    private final EntrepotCluster entrepot;
    private final Registry distribution;

    private Cluster(Options options, Blobs blobs, Rounds rounds, EntrepotCluster entrepot, Registry distribution) {
        this.options = options;
        this.blobs = blobs;
        this.rounds = rounds;
        this.entrepot = entrepot;
        this.distribution = distribution;
    }

    static void run(Options options, Blobs blobs, Rounds rounds) throws IOException {
        var lacking = lacking();
        if (!lacking.isEmpty()) {
            System.err.printf("cluster: not run, since %s is not installed%n", String.join(", ", lacking));
            return;
        }
        var folder = options.folder().resolve("cluster");
        try (var postgres = Postgres.start();
                var s3 = S3Server.start(folder.resolve("s3"))) {
            try (var entrepot = EntrepotCluster.start("entrepot", 1, postgres, s3, folder);
                    var distribution = Distribution.start(s3, folder.resolve("distribution"))) {
                new Cluster(options, blobs, rounds, entrepot, distribution).run();
            }
            if (options.has(Part.CLUSTER_NODES)) {
                Scale.run(options, blobs, rounds, postgres, s3);
            }
        }
        delete(folder);
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static List<String> lacking() throws IOException {
        var lacking = new ArrayList<>(Stream.of(S3Server.PROGRAM, Distribution.PROGRAM)
                .filter(program -> Programs.built(program).isEmpty())
                .toList());
        if (!Postgres.isHere()) {
            lacking.add("PostgreSQL");
        }
        return lacking;
    }

    private void run() throws IOException {
        if (options.has(Part.CLUSTER_COUNTS)) {
            ClusterCounts.run(blobs, entrepot, distribution, rounds.results().counts());
        }
        if (options.has(Part.CLUSTER_PUT)) {
            put();
        }
        if (options.has(Part.CLUSTER_PUSH)) {
            for (var size : Benchmark.SIZES) {
                push(size);
            }
        }
        if (options.has(Part.CLUSTER_PULL)) {
            for (var size : Benchmark.SIZES) {
                pull(size);
            }
        }
    }

    private void put() throws IOException {
        var stored = blobs.make(1 + Manifests.LAYERS, 1000);
        var manifests = new Manifests(stored);
        entrepot.node().v2().store(stored);
        distribution.store(stored);
        repeat(
                Work.clusterPut(),
                options.rounds(),
                () -> manifests.load(entrepot.node(), CALLERS),
                () -> manifests.load(distribution, CALLERS));
    }

    private void push(int size) throws IOException {
        var count = (int) ((size == Benchmark.MB ? PUSHED_SMALL : PUSHED) / size);
        repeat(
                Work.clusterPush(size),
                options.pushRounds(),
                () -> Benchmark.push(entrepot.node().v2(), blobs.make(count, size)),
                () -> Benchmark.push(distribution, blobs.make(count, size)));
    }

    private void pull(int size) throws IOException {
        var stored = blobs.make(Clients.COUNT, size);
        entrepot.node().v2().store(stored);
        distribution.store(stored);
        Benchmark.verify(entrepot.node().v2(), stored.getFirst());
        Benchmark.verify(distribution, stored.getFirst());
        var asked = Benchmark.repeat(stored, (int) (PULLED / size));
        repeat(
                Work.clusterPull(size),
                options.rounds(),
                () -> () -> Benchmark.pull(entrepot.node().v2(), asked),
                () -> () -> Benchmark.pull(distribution, asked));
    }

    private void repeat(Work work, int times, Turn.Preparation ours, Turn.Preparation theirs) throws IOException {
        for (var round = 0; round <= times; round++) {
            rounds.run(work, round, turns(ours, theirs), Turn::prepare);
        }
    }

    private List<Turn> turns(Turn.Preparation ours, Turn.Preparation theirs) {
        return List.of(
                entrepot.turn(EntrepotServer.NAME, ours),
                new Turn(
                        Distribution.NAME,
                        List.of(distribution.server()),
                        Distribution.helpers(entrepot.s3()),
                        theirs));
    }
}
