package entrepot.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// What the same work costs one registry of 1, 2 and 4 nodes, which all run at once, on one server of PostgreSQL and
/// one of S3.
final class Scale implements AutoCloseable {
    static final List<Integer> NODES = List.of(1, 2, 4);

    /// As many as each of four nodes has where all of a registry has [Cluster#CALLERS], or [Clients#COUNT] clients.
    static final int CALLERS_OF_EACH = Cluster.CALLERS / 4;

    static final int CLIENTS_OF_EACH = Clients.COUNT / 4;
    private static final int PULLED_SIZE = Benchmark.MB;
    private static final int PULLED = 1_000;

    private final Options options;
    private final Blobs blobs;
    private final Rounds rounds;
    private final List<EntrepotCluster> clusters = new ArrayList<>();

    private Scale(Options options, Blobs blobs, Rounds rounds) {
        this.options = options;
        this.blobs = blobs;
        this.rounds = rounds;
    }

    static void run(Options options, Blobs blobs, Rounds rounds, Postgres postgres, S3Server s3) throws IOException {
        try (var scale = new Scale(options, blobs, rounds)) {
            for (var count : NODES) {
                scale.clusters.add(EntrepotCluster.start(
                        "nodes" + count, count, postgres, s3, options.folder().resolve("cluster")));
            }
            scale.put();
            scale.pull();
        }
    }

    static String name(int nodes) {
        return nodes == 1 ? "1 node" : nodes + " nodes";
    }

    private void put() throws IOException {
        var stored = blobs.make(1 + Manifests.LAYERS, 1000);
        var manifests = new Manifests(stored);
        for (var cluster : clusters) {
            cluster.node().v2().store(stored);
        }
        run(Work.scalePut(), cluster -> () -> manifests.load(cluster.node(), cluster.addresses(), Cluster.CALLERS));
        run(Work.scalePutEach(), cluster -> () -> {
            var addresses = cluster.addresses();
            return manifests.load(cluster.node(), addresses, CALLERS_OF_EACH * addresses.size());
        });
    }

    private void pull() throws IOException {
        var stored = blobs.make(Clients.COUNT, PULLED_SIZE);
        for (var cluster : clusters) {
            cluster.node().v2().store(stored);
        }
        var asked = Benchmark.repeat(stored, PULLED);
        run(Work.scalePull(), cluster -> () -> () -> pull(Clients.COUNT, cluster, asked));
        run(
                Work.scalePullEach(),
                cluster -> () -> () -> pull(CLIENTS_OF_EACH * cluster.nodes().size(), cluster, asked));
    }

    private static Sample.Done pull(int clients, EntrepotCluster cluster, List<Blob> asked) throws IOException {
        var v2 = cluster.node().v2();
        Clients.run(clients, cluster.addresses(), asked, (connection, blob) -> {
            connection.send(v2.get(blob));
            connection.receive(200, bytes -> {});
        });
        return Benchmark.bytes(asked);
    }

    private void run(Work work, Function<EntrepotCluster, Turn.Preparation> preparation) throws IOException {
        for (var round = 0; round <= options.rounds(); round++) {
            rounds.run(work, round, turns(preparation).toList(), Turn::prepare);
        }
    }

    private Stream<Turn> turns(Function<EntrepotCluster, Turn.Preparation> preparation) {
        return clusters.stream()
                .map(cluster -> cluster.turn(name(cluster.nodes().size()), preparation.apply(cluster)));
    }

    @Override
    public void close() {
        clusters.forEach(EntrepotCluster::close);
    }
}
