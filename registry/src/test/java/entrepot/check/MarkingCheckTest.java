package entrepot.check;

import static entrepot.operation.Layers.sha256;
import static entrepot.operation.World.APP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.operation.Layers;
import entrepot.operation.World;
import entrepot.store.BlobStore;
import entrepot.store.ForwardedBlobs;
import entrepot.store.Leases.Lease;
import entrepot.store.Repairs.Walk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Checks that mark, over real operations.
class MarkingCheckTest {

    private static final int LAYERS = 5;

    @AutoClose
    private final World world = World.withApp();

    private final Layers layers = new Layers(world);
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @BeforeEach
    void push_layers() {
        for (int i = 0; i < LAYERS; i++) {
            layers.push(APP, bytes(i));
        }
    }

    @Test
    void what_is_gone_is_marked_and_nothing_else() throws IOException {
        world.blobs.delete(key(1));

        assertThat(check(world.blobs, false).problems()).isEqualTo(1);

        assertThat(lines).containsExactly("blob %s: its bytes are gone (key %s)".formatted(digest(1), key(1)));
        assertThat(layers.has(APP, digest(1))).isFalse();
        assertThat(List.of(0, 2, 3, 4)).allMatch(i -> layers.has(APP, digest(i)));
    }

    @Test
    void what_is_marked_is_told_again_until_it_is_pushed() throws IOException {
        world.blobs.delete(key(1));
        check(world.blobs, false);
        lines.clear();

        assertThat(check(world.blobs, false).problems()).isEqualTo(1);
        layers.push(APP, bytes(1));
        lines.clear();

        assertThat(check(world.blobs, false).problems()).isZero();
        assertThat(lines).isEmpty();
    }

    /// A disk that was not mounted, for one.
    @Test
    void what_is_whole_after_all_loses_its_mark() {
        var away = new ForwardedBlobs(world.blobs) {
            @Override
            public OptionalLong size(BlobKey key) {
                return OptionalLong.empty();
            }
        };
        assertThat(check(away, false).problems()).isEqualTo(LAYERS);
        assertThat(layers.has(APP, digest(1))).isFalse();
        lines.clear();

        assertThat(check(world.blobs, false).problems()).isZero();

        assertThat(lines)
                .hasSize(LAYERS)
                .contains("note: blob %s: is marked as damaged and whole again (key %s)"
                        .formatted(digest(1), layers.stored(APP, digest(1)).key()));
        assertThat(layers.has(APP, digest(1))).isTrue();
    }

    @Test
    void what_cannot_be_read_is_a_problem_and_not_marked() {
        var broken = failing(digest(1), new IOException("a bad sector"));

        assertThat(check(broken, false).problems()).isEqualTo(1);

        assertThat(lines).containsExactly("blob " + digest(1) + ": cannot be read: a bad sector");
        assertThat(layers.has(APP, digest(1))).isTrue();
    }

    @Test
    void one_that_only_reads_marks_nothing() throws IOException {
        world.blobs.delete(key(1));

        assertThat(new Check(world.metadata, world.vault, lines::add).run().problems())
                .isEqualTo(1);

        assertThat(layers.has(APP, digest(1))).isTrue();
        assertThat(world.metadata.<Optional<Walk>>read(tx -> tx.repairs().walk(Check.NAME)))
                .isEmpty();
    }

    @Test
    void one_that_was_cut_off_goes_on_and_tells_what_was_found_before() throws IOException {
        world.blobs.delete(key(1));
        assertThatThrownBy(() -> check(failing(digest(3), new UncheckedIOException(new IOException("killed"))), false))
                .hasMessageContaining("killed");
        lines.clear();
        var read = new ArrayList<BlobKey>();

        var summary = check(noting(read), false);

        assertThat(summary).isEqualTo(new Check.Summary(1, 0, LAYERS, LAYERS * 7L, 1));
        assertThat(lines.getFirst())
                .startsWith("note: goes on after 2 blobs (14 bytes) that one looked at which began");
        assertThat(lines.subList(1, lines.size()))
                .containsExactly("blob %s: its bytes are gone (key %s)".formatted(digest(1), key(1)));
        assertThat(read).containsExactly(key(2), key(3), key(4));
    }

    @Test
    void after_the_end_one_begins_at_the_beginning_and_so_does_one_that_is_to() throws IOException {
        check(world.blobs, false);
        var read = new ArrayList<BlobKey>();
        check(noting(read), false);
        assertThat(read).hasSize(LAYERS);

        world.blobs.delete(key(1));
        assertThatThrownBy(() -> check(failing(digest(3), new UncheckedIOException(new IOException("killed"))), false))
                .hasMessageContaining("killed");
        read.clear();
        check(noting(read), true);
        assertThat(read).hasSize(LAYERS - 1);
    }

    /// Nothing in the tables says of it.
    @Test
    void what_could_not_be_read_before_it_was_cut_off_is_looked_at_again() {
        var broken = new ForwardedBlobs(failing(digest(1), new IOException("a bad sector"))) {
            @Override
            public OptionalLong size(BlobKey key) throws IOException {
                if (key.equals(key(3))) {
                    throw new UncheckedIOException(new IOException("killed"));
                }
                return super.size(key);
            }
        };
        assertThatThrownBy(() -> check(broken, false)).hasMessageContaining("killed");
        var read = new ArrayList<BlobKey>();

        check(noting(read), false);

        assertThat(read).contains(key(1), key(2), key(3), key(4));
    }

    @Test
    void another_one_waits_until_it_has_ended() throws Exception {
        var looks = new CountDownLatch(1);
        var goesOn = new CountDownLatch(1);
        var read = new ArrayList<BlobKey>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> check(
                    before(key(1), () -> {
                        looks.countDown();
                        await(goesOn);
                    }),
                    false));
            await(looks);
            var second = threads.submit(() -> check(noting(read), false));
            while (lines.isEmpty() && !second.isDone()) {
                Thread.sleep(10);
            }
            assertThatThrownBy(() -> second.get(700, MILLISECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(read).isEmpty();

            goesOn.countDown();

            first.get(30, SECONDS);
            second.get(30, SECONDS);
        }
        assertThat(read).hasSize(LAYERS);
        assertThat(lines).containsExactly("note: waits for another one to end, or to have been silent for 30 s");
    }

    @Test
    void one_that_died_is_waited_for_no_longer_than_its_turn_lasts() {
        world.metadata.transactGuarded(tx -> tx.leases().take(Check.NAME, "one that died", Duration.ofMillis(300)));

        assertThat(check(world.blobs, false).blobs()).isEqualTo(LAYERS);
    }

    /// Its server may have ended meanwhile.
    @Test
    void one_that_cannot_say_that_it_has_ended_has_ended_all_the_same() {
        var gone = new ForwardedRepair(new StoredRepair(world.metadata, world.blobs, Duration.ZERO)) {
            @Override
            public void end(Lease turn) throws IOException {
                throw new IOException("nobody listens");
            }
        };
        var how = new Check.How(gone, 0, false, world.clock);

        assertThat(new Check(world.metadata, world.vault, how, Onlooker.of(lines::add)).run())
                .isEqualTo(new Check.Summary(1, 0, LAYERS, LAYERS * 7L, 0));
    }

    /// Marks of its own would be of bytes as they were before.
    @Test
    void one_that_was_asleep_for_longer_than_its_turn_marks_nothing() throws IOException {
        world.blobs.delete(key(3));
        var asleep = before(
                key(1),
                () -> world.metadata.transactGuarded(tx -> tx.leases()
                        .take(Check.NAME, tx.leases().holder(Check.NAME).orElseThrow(), Duration.ofMillis(1))));

        assertThatThrownBy(() -> check(asleep, false)).hasMessageContaining("another check goes on in its place");

        assertThat(layers.has(APP, digest(3))).isTrue();
        assertThat(world.metadata.<Optional<Walk>>read(tx -> tx.repairs().walk(Check.NAME)))
                .isEmpty();
        assertThat(check(world.blobs, false).problems()).isEqualTo(1);
        assertThat(layers.has(APP, digest(3))).isFalse();
    }

    /// Where this is done before bytes of this key are looked at.
    private BlobStore before(BlobKey at, Runnable work) {
        return new ForwardedBlobs(world.blobs) {
            @Override
            public OptionalLong size(BlobKey key) throws IOException {
                if (key.equals(at)) {
                    work.run();
                }
                return super.size(key);
            }
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void what_is_said_to_a_server_comes_as_it_was_meant() {
        var walk = Walk.begin("check", world.clock.instant());
        assertThat(RepairText.walk(RepairText.of(walk))).isEqualTo(walk);
        var further = walk.pastRepository(7).end(world.clock.instant().plusMillis(1));
        assertThat(RepairText.walk(RepairText.of(further))).isEqualTo(further);
        var turn = new Lease("check", 7, "holder");
        assertThat(RepairText.turn(RepairText.of(turn))).isEqualTo(turn);
        var findings = List.of(new Repair.Finding(key(0), "is gone"), new Repair.Finding(key(1), null));
        assertThat(RepairText.findings(RepairText.of(findings))).isEqualTo(findings);
        assertThatThrownBy(() -> RepairText.walk("nonsense")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void no_more_bytes_are_read_in_a_second_than_it_may() {
        var from = System.nanoTime();

        check(world.blobs, false, LAYERS * 7 * 4);

        assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(Duration.ofMillis(150));
    }

    @Test
    void what_a_row_names_by_now_is_not_taken_away() throws IOException {
        var repair = new StoredRepair(world.metadata, world.blobs, Duration.ZERO);

        assertThat(repair.remove(List.of(key(1)))).isEqualTo(Map.of(key(1), "a row names it by now"));

        assertThat(layers.bytes(APP, digest(1))).isEqualTo(bytes(1));
    }

    private Check.Summary check(BlobStore blobs, boolean isAnew) {
        return check(blobs, isAnew, 0);
    }

    private Check.Summary check(BlobStore blobs, boolean isAnew, long rate) {
        var repair = new StoredRepair(world.metadata, world.blobs, Duration.ZERO);
        var how = new Check.How(repair, rate, isAnew, world.clock);
        return new Check(world.metadata, world.vault.over(blobs), how, Onlooker.of(lines::add)).run();
    }

    /// One blob of which fails so.
    private BlobStore failing(Digest digest, Exception failure) {
        var broken = layers.stored(APP, digest).key();
        return new ForwardedBlobs(world.blobs) {
            @Override
            public OptionalLong size(BlobKey key) throws IOException {
                if (key.equals(broken)) {
                    if (failure instanceof RuntimeException unforeseen) {
                        throw unforeseen;
                    }
                    throw (IOException) failure;
                }
                return super.size(key);
            }
        };
    }

    private BlobStore noting(List<BlobKey> read) {
        return new ForwardedBlobs(world.blobs) {
            @Override
            public Content open(BlobKey key, long size, long from, long length) throws IOException {
                read.add(key);
                return super.open(key, size, from, length);
            }
        };
    }

    /// Where the bytes of a layer lie, or did.
    private BlobKey key(int i) {
        return world.metadata.read(tx -> tx.layers()
                .find(tx.repositories().find(World.ID, APP).orElseThrow(), List.of(digest(i)))
                .values()
                .iterator()
                .next()
                .key());
    }

    private static Digest digest(int i) {
        return sha256(bytes(i));
    }

    private static byte[] bytes(int i) {
        return ("layer " + i).getBytes(UTF_8);
    }
}
