package entrepot.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where Entrepot's CPU goes at each work: by its threads, by what their Java code was about, and the system calls
/// that it makes. The same work is done once for each, after it was done to warm up.
final class Profile {
    private static final int WARM_UPS = 3;
    private static final int MANIFESTS = 100;
    private static final List<Integer> SIZES = List.of(Benchmark.MB, 10 * Benchmark.MB, 100 * Benchmark.MB);
    private static final long PULLED = 2_000L * Benchmark.MB;
    private static final long PUSHED = 200L * Benchmark.MB;

    private final EntrepotServer server;
    private final Path folder;
    private final Blobs blobs;
    private final StringBuilder text = new StringBuilder();

    private Profile(EntrepotServer server, Path folder, Blobs blobs) {
        this.server = server;
        this.folder = folder;
        this.blobs = blobs;
    }

    private interface Loads {
        Sample.Load next() throws IOException;
    }

    /// Writes the profiles as Markdown.
    static void run(Options options, Blobs blobs) throws IOException {
        try (var server = EntrepotServer.start(options.folder().resolve("profile"))) {
            new Profile(server, options.folder(), blobs).write(options.record().resolveSibling("profiles.md"));
        }
    }

    /// The same of a node that keeps all in PostgreSQL and S3.
    static void ofCluster(Options options, Blobs blobs) throws IOException {
        var folder = options.folder().resolve("profile");
        try (var postgres = Postgres.start();
                var s3 = S3Server.start(folder.resolve("s3"));
                var cluster = EntrepotCluster.start("entrepot", 1, postgres, s3, folder)) {
            new Profile(cluster.node(), folder, blobs).write(options.record().resolveSibling("profiles-cluster.md"));
        }
    }

    private void write(Path file) throws IOException {
        manifests();
        pulls();
        pushes();
        Files.writeString(file, text);
        System.err.println("profiles: " + file);
    }

    private void pulls() throws IOException {
        for (var size : SIZES) {
            var stored = blobs.make(Clients.COUNT, size);
            server.v2().store(stored);
            var asked = Benchmark.repeat(stored, (int) (PULLED / size));
            add(
                    "pull of %d MB".formatted(size / Benchmark.MB),
                    asked.size(),
                    () -> () -> Benchmark.pull(server.v2(), asked));
        }
    }

    private void pushes() throws IOException {
        for (var size : SIZES) {
            var count = (int) (PUSHED / size);
            add(
                    "push of %d MB".formatted(size / Benchmark.MB),
                    count,
                    () -> Benchmark.push(server.v2(), blobs.make(count, size)));
        }
    }

    private void manifests() throws IOException {
        var stored = blobs.make(1 + Manifests.LAYERS, 1000);
        server.v2().store(stored);
        var manifests = new Manifests(stored);
        add("PutImage, 64 callers", 0, () -> manifests.load(server, 64));
        add("PutImage, 1 caller", 0, () -> manifests.load(server, 1));
        var byV2 = server.v2().named(EntrepotServer.NAME_V2);
        add("manifest PUT, 64 callers", 0, () -> manifests.load(byV2, 64));
        var images = Reads.store(stored, server.v2(), MANIFESTS);
        for (var read : Reads.ALL) {
            add(
                    "manifest " + read.label() + ", 16 callers",
                    0,
                    () -> read.asking(images).prepare(server.v2()));
        }
    }

    /// @param requests of a load; 0 if that is what it counts itself
    private void add(String title, int requests, Loads loads) throws IOException {
        System.err.println("profile: " + title);
        for (var i = 0; i < WARM_UPS; i++) {
            loads.next().run();
        }
        var load = loads.next();
        var threads = ThreadTimes.of(server.server());
        var count = requests(requests, load.run());
        var times = ThreadTimes.of(server.server()).since(threads);
        var samples = JavaSamples.during(server.server(), folder, loads.next());
        var calls = SystemCalls.during(server.server(), folder, loads.next(), requests);
        text.append("## ").append(title).append("\n\n");
        text.append(
                "%.0f us of CPU for each request, in %s.%n%n".formatted(times.all() * 1e6 / count, times.text(count)));
        text.append(samples).append('\n').append(calls).append('\n');
    }

    static long requests(int requests, Sample.Done done) {
        return requests == 0 ? done.amount() : requests;
    }
}
