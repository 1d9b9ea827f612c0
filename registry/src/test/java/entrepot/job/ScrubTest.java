package entrepot.job;

import static entrepot.operation.Layers.sha256;
import static entrepot.operation.World.APP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.check.Round;
import entrepot.check.StoredRepair;
import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.ScrubRules;
import entrepot.operation.Layers;
import entrepot.operation.World;
import entrepot.store.BlobStore;
import entrepot.store.ForwardedBlobs;
import entrepot.store.Leases.Lease;
import entrepot.store.StoreAwayException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScrubTest {

    private static final Duration MONTH = Duration.ofDays(30);
    private static final int LAYERS = 3;

    @AutoClose
    private final World world = World.withApp();

    private final Layers layers = new Layers(world);
    private final List<BlobKey> read = new ArrayList<>();

    @BeforeEach
    void push_layers() {
        for (int i = 0; i < LAYERS; i++) {
            layers.push(APP, bytes(i));
        }
    }

    @Test
    void damage_is_found_and_marked() throws IOException {
        world.blobs.delete(layers.stored(APP, sha256(bytes(1))).key());

        run(MONTH);

        assertThat(layers.has(APP, sha256(bytes(0)))).isTrue();
        assertThat(layers.has(APP, sha256(bytes(1)))).isFalse();
        assertThat(layers.has(APP, sha256(bytes(2)))).isTrue();
    }

    @Test
    void nobody_looks_unless_it_is_asked_for() {
        run(null);

        assertThat(read).isEmpty();
    }

    @Test
    void the_next_round_is_so_long_after_the_beginning_of_the_last() {
        run(MONTH);
        assertThat(read).hasSize(LAYERS);
        world.clock.move(MONTH.minusMillis(1));
        run(MONTH);
        assertThat(read).hasSize(LAYERS);

        world.clock.move(Duration.ofMillis(1));
        run(MONTH);
        assertThat(read).hasSize(2 * LAYERS);
    }

    @Test
    void a_clock_that_is_put_back_has_no_round_wait_for_it() {
        run(MONTH);
        world.clock.move(Duration.ofDays(-365));

        run(MONTH);

        assertThat(read).hasSize(2 * LAYERS);
    }

    /// As another node does, after one that died: blobs are gone on from, and so are repositories.
    @Test
    void what_was_begun_is_gone_on_with_from_where_it_was() {
        assertThat(scrub(MONTH, noting()).step(new Failures())).isTrue();
        assertThat(read).hasSize(LAYERS);

        run(MONTH);

        assertThat(read).hasSize(LAYERS);
    }

    @Test
    void a_store_that_is_away_ends_the_run_and_nothing_is_marked_or_passed_over() {
        var away = new ForwardedBlobs(world.blobs) {
            @Override
            public OptionalLong size(BlobKey key) throws IOException {
                throw new StoreAwayException("not there");
            }
        };
        assertThatThrownBy(() -> scrub(MONTH, away).runOnce()).hasMessageContaining("not there");

        run(MONTH);

        assertThat(read).hasSize(LAYERS);
        assertThat(layers.has(APP, sha256(bytes(1)))).isTrue();
    }

    @Test
    void one_that_cannot_be_read_holds_no_other_back() {
        var broken = layers.stored(APP, sha256(bytes(0))).key();
        var bad = new ForwardedBlobs(noting()) {
            @Override
            public OptionalLong size(BlobKey key) throws IOException {
                if (key.equals(broken)) {
                    throw new IOException("a bad sector");
                }
                return super.size(key);
            }
        };

        scrub(MONTH, bad).runOnce();

        assertThat(read).hasSize(LAYERS - 1);
        assertThat(layers.has(APP, sha256(bytes(0)))).isTrue();
    }

    /// Nothing is marked by a node whose turn is over.
    @Test
    void who_has_lost_the_lease_writes_nothing() throws IOException {
        world.blobs.delete(layers.stored(APP, sha256(bytes(1))).key());
        var scrub = scrub(MONTH, noting());
        var mine = take("me");
        Fenced.by(mine, () -> {
            world.metadata.transact(tx -> tx.leases().renew(mine, Duration.ZERO));
            take("another");
            assertThatThrownBy(scrub::runOnce).isInstanceOf(LostLeaseException.class);
            return true;
        });

        assertThat(layers.has(APP, sha256(bytes(1)))).isTrue();
    }

    private Lease take(String holder) {
        return world.metadata
                .transact(tx -> tx.leases().take("scrub", holder, Duration.ofMinutes(1)))
                .orElseThrow();
    }

    private void run(@Nullable Duration every) {
        scrub(every, noting()).runOnce();
    }

    private Scrub scrub(@Nullable Duration every, BlobStore blobs) {
        var metadata = new Fenced(world.metadata);
        var repair = new StoredRepair(metadata, blobs, Duration.ZERO);
        var round = new Round(metadata, world.vault.over(blobs), repair, 0, world.clock);
        return new Scrub(round, new ScrubRules(every, 0));
    }

    private BlobStore noting() {
        return new ForwardedBlobs(world.blobs) {
            @Override
            public Content open(BlobKey key, long size, long from, long length) throws IOException {
                read.add(key);
                return super.open(key, size, from, length);
            }
        };
    }

    private static byte[] bytes(int i) {
        return ("layer " + i).getBytes(UTF_8);
    }
}
