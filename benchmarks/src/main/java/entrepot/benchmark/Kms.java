package entrepot.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// A repository of type KMS beside one of type AES256, in one server.
final class Kms {
    static final String KMS = "KMS";
    static final String AES256 = "AES256";
    static final String OF_LARGE = "of a large layer";
    static final String OF_SMALL = "of 4 KiB";
    static final int CALLERS = 64;

    private static final long PULLED = 2_000L * Benchmark.MB;
    private static final long PUSHED = 400L * Benchmark.MB;
    private static final int PART = 4 << 10;
    private static final Duration ASKING = Duration.ofSeconds(2);

    private final Options options;
    private final Blobs blobs;
    private final EntrepotServer sealed;
    private final EntrepotServer bare;
    private final Rounds rounds;

    private Kms(Options options, Blobs blobs, EntrepotServer entrepot, Rounds rounds) {
        this.options = options;
        this.blobs = blobs;
        this.sealed = entrepot.in("sealed");
        this.bare = entrepot.in("bare");
        this.rounds = rounds;
    }

    static void run(Options options, Blobs blobs, EntrepotServer entrepot, Rounds rounds) throws IOException {
        entrepot.create("bare");
        entrepot.create(
                "sealed",
                ",\"encryptionConfiguration\":{\"encryptionType\":\"KMS\",\"kmsKey\":\"" + entrepot.createKey()
                        + "\"}");
        var kms = new Kms(options, blobs, entrepot, rounds);
        kms.put();
        kms.push();
        kms.pull();
        kms.ranges();
    }

    private void put() throws IOException {
        var stored = blobs.make(1 + Manifests.LAYERS, 1000);
        var manifests = new Manifests(stored);
        sealed.v2().store(stored);
        bare.v2().store(stored);
        var turns = List.of(
                turn(KMS, () -> manifests.load(sealed, CALLERS)), turn(AES256, () -> manifests.load(bare, CALLERS)));
        run(Work.kmsPut(CALLERS), turns);
    }

    private void push() throws IOException {
        for (var size : Benchmark.SIZES) {
            var count = (int) (PUSHED / size);
            var turns = List.of(
                    turn(KMS, () -> Benchmark.push(sealed.v2(), blobs.make(count, size))),
                    turn(AES256, () -> Benchmark.push(bare.v2(), blobs.make(count, size))));
            for (var round = 0; round <= options.pushRounds(); round++) {
                rounds.run(Work.kmsPush(size), round, turns, Turn::prepare);
            }
        }
    }

    private void pull() throws IOException {
        try (var decrypting = DecryptingLimit.start(options.folder().resolve(DecryptingLimit.NAME))) {
            for (var size : Benchmark.SIZES) {
                pull(size + 1, Work.kmsPull(size), decrypting);
            }
        }
    }

    /// @param size which no blob has that was pushed before
    private void pull(int size, Work work, DecryptingLimit decrypting) throws IOException {
        var stored = blobs.make(Clients.COUNT, size);
        sealed.v2().store(stored);
        bare.v2().store(stored);
        Benchmark.verify(sealed.v2(), stored.getFirst());
        var asked = Benchmark.repeat(stored, (int) (PULLED / size));
        var files = Benchmark.repeat(SealedFile.find(sealed, size), asked.size());
        run(
                work,
                List.of(
                        turn(KMS, () -> () -> Benchmark.pull(sealed.v2(), asked)),
                        turn(AES256, () -> () -> Benchmark.pull(bare.v2(), asked)),
                        new Turn(DecryptingLimit.NAME, decrypting.server(), () -> () -> {
                            decrypting.open(files);
                            return Benchmark.bytes(asked);
                        })));
    }

    private void ranges() throws IOException {
        var large = blobs.make(1, options.largeLayer());
        var small = blobs.make(Clients.COUNT, PART);
        sealed.v2().store(large);
        sealed.v2().store(small);
        var ofLarge = IntStream.range(0, 997)
                .mapToObj(
                        i -> sealed.v2().get(large.getFirst(), large.getFirst().size() / 997 * i, PART))
                .toList();
        var ofSmall = small.stream().map(sealed.v2()::get).toList();
        run(
                Work.kmsRange(),
                List.of(
                        turn(OF_LARGE, () -> new Asking(sealed.address(), ofLarge, 206, ASKING)),
                        turn(OF_SMALL, () -> new Asking(sealed.address(), ofSmall, 200, ASKING))));
    }

    private Turn turn(String name, Turn.Preparation preparation) {
        return new Turn(name, sealed.server(), preparation);
    }

    private void run(Work work, List<Turn> turns) throws IOException {
        for (var round = 0; round <= options.rounds(); round++) {
            rounds.run(work, round, turns, Turn::prepare);
        }
    }
}
