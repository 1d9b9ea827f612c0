package entrepot.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/// What it costs an Entrepot to speak TLS: beside one that does not, at the same work.
record Tls(Options options, Blobs blobs, Rounds rounds, EntrepotServer sealed, EntrepotServer plain) {
    static final String OVER_TLS = "over TLS";
    static final String PLAIN = "plain";
    private static final long PULLED = 1_000L * Benchmark.MB;
    private static final long PUSHED = 200L * Benchmark.MB;
    private static final int IMAGES = 100;

    static void run(Options options, Blobs blobs, EntrepotServer plain, Rounds rounds) throws IOException {
        var folder = Files.createDirectories(options.folder().resolve("tls"));
        var certificate = Certificate.make(folder);
        try (var server = EntrepotServer.overTls(folder, certificate)) {
            var tls = new Tls(options, blobs, rounds, server, plain);
            tls.read();
            for (var size : Benchmark.SIZES) {
                tls.push(size);
            }
            for (var size : Benchmark.SIZES) {
                tls.pull(size);
            }
        }
    }

    private void read() throws IOException {
        var stored = blobs.make(1 + Manifests.LAYERS, 1000);
        for (var server : List.of(sealed, plain)) {
            server.v2().store(stored);
            Reads.store(stored, server.v2(), IMAGES);
        }
        var asking = Reads.ALL.getFirst().asking(Reads.images(stored, IMAGES));
        run(Work.tlsRead(), options.rounds(), () -> asking.prepare(sealed.v2()), () -> asking.prepare(plain.v2()));
    }

    private void push(int size) throws IOException {
        var count = (int) (PUSHED / size);
        run(
                Work.tlsPush(size),
                options.pushRounds(),
                () -> Benchmark.push(sealed.v2(), blobs.make(count, size)),
                () -> Benchmark.push(plain.v2(), blobs.make(count, size)));
    }

    private void pull(int size) throws IOException {
        var stored = blobs.make(Clients.COUNT, size);
        sealed.v2().store(stored);
        plain.v2().store(stored);
        Benchmark.verify(sealed.v2(), stored.getFirst());
        var asked = Benchmark.repeat(stored, (int) (PULLED / size));
        run(
                Work.tlsPull(size),
                options.rounds(),
                () -> () -> Benchmark.pull(sealed.v2(), asked),
                () -> () -> Benchmark.pull(plain.v2(), asked));
    }

    private void run(Work work, int times, Turn.Preparation overTls, Turn.Preparation bare) throws IOException {
        var turns = List.of(new Turn(OVER_TLS, sealed.server(), overTls), new Turn(PLAIN, plain.server(), bare));
        for (var round = 0; round <= times; round++) {
            rounds.run(work, round, turns, Turn::prepare);
        }
    }
}
