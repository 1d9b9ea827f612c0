package entrepot.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// Measures Entrepot beside others: `benchmarks/run` starts it.
final class Benchmark {
    static final int MB = 1_000_000;
    static final List<Integer> SIZES = List.of(MB, 10 * MB, 100 * MB);
    private static final List<Integer> CALLERS = List.of(1, 64);
    private static final long PULLED = 4_000L * MB;
    private static final long PUSHED_SMALL = 400L * MB;
    private static final long PUSHED = 800L * MB;

    private final Options options;
    private final Blobs blobs;
    private final Contenders contenders;
    private final Rounds rounds;

    private Benchmark(Options options, Blobs blobs, Contenders contenders, Results results) {
        this.options = options;
        this.blobs = blobs;
        this.contenders = contenders;
        this.rounds = new Rounds(options.folder(), results);
    }

    /// Takes an empty folder, then the words of the user.
    public static void main(String... arguments) throws IOException {
        try {
            run(Options.parse(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static void run(Options options) throws IOException {
        giveUpAfter(options.limit());
        var results = new Results();
        var content = options.folder().resolve("content");
        try (var blobs = new Blobs(content);
                var contenders = Contenders.start(options.folder(), content)) {
            new Benchmark(options, blobs, contenders, results).run();
        } catch (IOException | RuntimeException e) {
            keep(options, results, e);
            throw e;
        }
        System.out.print(new Report(options, results).text());
        Recorded.of(options, results).write(options.record());
    }

    /// What was measured is not lost with a part that failed, unless it cannot be written.
    private static void keep(Options options, Results results, Exception failure) {
        try {
            Recorded.of(options, results).write(options.record());
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private static void giveUpAfter(Duration limit) {
        Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(limit);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            System.err.println("given up after " + limit.toMinutes() + " minutes");
            System.exit(1);
        });
    }

    private void run() throws IOException {
        if (options.parts().stream().anyMatch(Options.Part.OF_CLUSTER::contains)) {
            Cluster.run(options, blobs, rounds);
        }
        for (var part : options.parts()) {
            switch (part) {
                case PUT -> put();
                case READ -> Reads.run(options, blobs, contenders.registries(), rounds);
                case PUSH -> push();
                case PULL -> pull();
                case KMS -> kms();
                case TLS -> tls();
                case CLUSTER -> Cluster.run(options, blobs, rounds);
                case CLUSTER_SIZE -> ClusterSize.run(options, blobs, rounds);
                case PROFILE -> Profile.run(options, blobs);
                case CLUSTER_PROFILE -> Profile.ofCluster(options, blobs);
                case CLUSTER_COUNTS, CLUSTER_PUT, CLUSTER_PUSH, CLUSTER_PULL, CLUSTER_NODES -> {} // by Cluster, above
                case PAGES -> Pages.run(options, blobs, rounds);
            }
        }
    }

    private void kms() throws IOException {
        if (contenders.entrepot().isPresent()) {
            Kms.run(options, blobs, contenders.entrepot().get(), rounds);
        }
    }

    private void tls() throws IOException {
        if (contenders.entrepot().isPresent()) {
            Tls.run(options, blobs, contenders.entrepot().get(), rounds);
        }
    }

    private void pull() throws IOException {
        for (var size : SIZES) {
            var stored = blobs.make(Clients.COUNT, size);
            for (var puller : contenders.pullers()) {
                puller.store(stored);
                verify(puller, stored.getFirst());
            }
            var asked = repeat(stored, (int) (PULLED / size));
            for (var round = 0; round <= options.rounds(); round++) {
                rounds.run(Work.pull(size), round, contenders.pullers(), puller -> () -> pull(puller, asked));
            }
        }
    }

    static <T> List<T> repeat(List<T> items, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> items.get(i % items.size()))
                .toList();
    }

    static Sample.Done pull(Contender.Puller puller, List<Blob> asked) throws IOException {
        Clients.run(puller.address(), asked, (connection, blob) -> {
            connection.send(puller.get(blob));
            connection.receive(200, bytes -> {});
        });
        return bytes(asked);
    }

    static void verify(Contender.Puller puller, Blob blob) throws IOException {
        var hash = Hash.sha256();
        try (var connection = new HttpConnection(puller.address())) {
            connection.send(puller.get(blob));
            connection.receive(200, hash::update);
        }
        if (!blob.digest().endsWith(Hash.hex(hash.digest()))) {
            throw new IOException(puller.name() + " served other bytes than it was given");
        }
    }

    private void push() throws IOException {
        for (var size : SIZES) {
            var count = (int) ((size == MB ? PUSHED_SMALL : PUSHED) / size);
            for (var round = 0; round <= options.pushRounds(); round++) {
                rounds.run(
                        Work.push(size), round, contenders.pushers(), pusher -> push(pusher, blobs.make(count, size)));
            }
        }
    }

    static Sample.Load push(Contender.Pusher to, List<Blob> fresh) {
        return () -> {
            to.push(fresh);
            return bytes(fresh);
        };
    }

    static Sample.Done bytes(List<Blob> blobs) {
        return Sample.Done.bytes(blobs.stream().mapToLong(Blob::size).sum());
    }

    private void put() throws IOException {
        var stored = blobs.make(1 + Manifests.LAYERS, 1000);
        var manifests = new Manifests(stored);
        for (var registry : contenders.registries()) {
            registry.store(stored);
        }
        for (var callers : CALLERS) {
            for (var round = 0; round <= options.rounds(); round++) {
                rounds.run(Work.put(callers), round, contenders.putters(), putter -> manifests.load(putter, callers));
            }
        }
    }
}
