package entrepot.job;

import static entrepot.operation.Images.CONFIG;
import static entrepot.operation.Images.LAYER;
import static entrepot.operation.Images.byDigest;
import static entrepot.operation.Images.digest;
import static entrepot.operation.Images.image;
import static entrepot.operation.Layers.sha256;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.BlobKey;
import entrepot.domain.Digest;
import entrepot.domain.GarbageRules;
import entrepot.domain.Law;
import entrepot.domain.RepositoryName;
import entrepot.job.GarbagePass.Report;
import entrepot.operation.Images;
import entrepot.operation.Layers;
import entrepot.operation.World;
import entrepot.store.BlobStore;
import entrepot.store.ForwardedBlobs;
import entrepot.store.Garbage.Amount;
import entrepot.store.Images.Absent;
import entrepot.store.Leases.Lease;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// GarbageCollection and GarbagePass, over real operations.
class CollectionTest {

    private static final GarbageRules RULES = GarbageRules.USUAL;
    private static final Duration GRACE = RULES.grace().plus(RULES.slack());
    private static final Duration HALF = RULES.promise();
    private static final byte[] OWN = "a layer of its own".getBytes(UTF_8);

    /// OWN, and LAYER and CONFIG, which come with the world.
    private static final Amount UNNAMED = new Amount(3, OWN.length + LAYER.length + CONFIG.length);

    /// Of the first pass, by a node of this name.
    private static final Lease SLOW = new Lease(GarbagePass.NAME, 1, "slow");

    @AutoClose
    private final World world = World.withApp();

    private final Layers layers = new Layers(world);
    private final Images images = Images.into(world, APP);
    private final GarbageCounts counts = new GarbageCounts();

    private void collect() {
        new DeletedRepositories(world.metadata).runOnce();
        new GarbageCollection(world.metadata, world.clock, RULES).runOnce();
        new DiscardedBlobs(world.metadata, world.blobs, world.clock).runOnce();
    }

    private boolean isStored(BlobKey key) {
        try {
            return world.blobs.size(key).isPresent();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private BlobKey key(RepositoryName repository, byte[] layer) {
        return layers.stored(repository, sha256(layer)).key();
    }

    private Digest imageOf(byte[] layer) {
        layers.push(APP, layer);
        return images.put(APP, image("own", sha256(layer), layer.length), "own");
    }

    @Test
    void the_layers_of_an_image_that_is_deleted_go_and_those_of_others_stay() {
        images.put(APP, image("stays"), "stays");
        var own = imageOf(OWN);
        var key = key(APP, OWN);
        world.pass(GRACE.multipliedBy(3));
        collect();
        images.delete(Law.ECR, APP, byDigest(own));

        world.pass(GRACE.minusMillis(1));
        collect();
        assertThat(layers.bytes(APP, sha256(OWN))).isEqualTo(OWN);
        world.pass(Duration.ofMillis(1));
        collect();
        assertThat(layers.has(APP, sha256(OWN))).isFalse();
        assertThat(isStored(key)).isTrue();
        world.pass(GRACE);
        collect();

        assertThat(isStored(key)).isFalse();
        assertThat(layers.bytes(APP, sha256(LAYER))).isEqualTo(LAYER);
        assertThat(layers.bytes(APP, sha256(CONFIG))).isEqualTo(CONFIG);
    }

    @Test
    void who_is_told_that_a_layer_is_there_may_count_on_it_for_half_of_the_grace() {
        images.put(APP, image("stays"), "stays");
        layers.push(APP, OWN);
        world.pass(GRACE.minusMillis(1));
        assertThat(layers.has(APP, sha256(OWN))).isTrue();

        world.pass(HALF);
        collect();

        images.put(APP, image("own", sha256(OWN), OWN.length), "own");
        world.pass(GRACE.multipliedBy(2));
        collect();
        assertThat(layers.bytes(APP, sha256(OWN))).isEqualTo(OWN);
    }

    @Test
    void children_of_lists_untagged_images_and_what_refers_to_an_image_keep_their_layers() {
        layers.push(APP, OWN);
        var child = image("child", sha256(OWN), OWN.length);
        images.put(APP, child, null);
        images.put(APP, Images.index(child), "list");
        images.put(APP, Images.about(digest(child)), null);

        world.pass(GRACE.multipliedBy(3));
        collect();

        assertThat(layers.bytes(APP, sha256(OWN))).isEqualTo(OWN);
        assertThat(layers.bytes(APP, sha256(LAYER))).isEqualTo(LAYER);
    }

    /// As caches of builders are: lists that name layers.
    @Test
    void what_a_sparse_list_names_stays_though_it_is_a_layer() {
        var list = images.put(APP, image("list"), "list");
        layers.push(APP, OWN);
        var app = world.repository(APP);
        world.metadata.transact(tx -> {
            var stored = tx.images().find(app, list).orElseThrow();
            tx.images().addAbsent(app, stored, new Absent(Map.of(), List.of(sha256(OWN))));
            return list;
        });

        world.pass(GRACE.multipliedBy(3));
        collect();

        assertThat(layers.bytes(APP, sha256(OWN))).isEqualTo(OWN);
    }

    @Test
    void what_a_deleted_repository_had_goes_unless_another_one_has_it() {
        world.create(OTHER);
        imageOf(OWN);
        var key = key(APP, OWN);
        Images.into(world, OTHER).put(OTHER, image("other"), "other");
        world.delete(APP);
        collect();

        world.pass(GRACE);
        collect();
        world.pass(GRACE);
        collect();

        assertThat(isStored(key)).isFalse();
        assertThat(layers.bytes(OTHER, sha256(LAYER))).isEqualTo(LAYER);
    }

    /// The same digest lies under each key by itself.
    @Test
    void a_blob_goes_under_one_key_and_stays_under_another() {
        world.createEncrypted(OTHER);
        layers.push(OTHER, OWN);
        imageOf(OWN);
        var sealed = key(OTHER, OWN);

        world.pass(GRACE);
        collect();
        world.pass(GRACE);
        collect();

        assertThat(isStored(sealed)).isFalse();
        assertThat(layers.bytes(APP, sha256(OWN))).isEqualTo(OWN);
    }

    @Test
    void a_layer_that_comes_again_after_it_went_has_new_bytes() {
        images.put(APP, image("stays"), "stays");
        layers.push(APP, OWN);
        var old = key(APP, OWN);
        world.pass(GRACE);
        collect();
        layers.push(APP, OWN);

        world.pass(GRACE.minusMillis(1));
        collect();
        world.pass(Duration.ofMillis(1));
        images.put(APP, image("own", sha256(OWN), OWN.length), "own");
        collect();

        assertThat(isStored(old)).isFalse();
        assertThat(layers.bytes(APP, sha256(OWN))).isEqualTo(OWN);
    }

    @Test
    void a_clock_that_jumps_frees_nothing_early() {
        layers.push(APP, OWN);
        world.clock.move(Duration.ofDays(30));
        collect();

        assertThat(layers.bytes(APP, sha256(OWN))).isEqualTo(OWN);
    }

    @Test
    void nothing_goes_where_it_is_turned_off() {
        layers.push(APP, OWN);
        var off = new GarbageRules(false, RULES.grace(), RULES.downloadGrace(), RULES.interval(), 500, 0);
        world.pass(GRACE.multipliedBy(2));

        new GarbageCollection(world.metadata, world.clock, off).runOnce();

        assertThat(layers.has(APP, sha256(OWN))).isTrue();
    }

    @Test
    void a_pass_keeps_the_grace_unless_it_is_told_another_one() throws IOException {
        images.put(APP, image("stays"), "stays");
        layers.push(APP, OWN);
        var key = key(APP, OWN);
        var pass = new GarbagePass(world.metadata, world.blobs, world.clock, RULES, counts);

        assertThat(pass.run(Optional.empty()).orElseThrow().freed()).isEqualTo(Amount.NONE);
        assertThat(pass.status().waiting()).isEqualTo(new Amount(1, OWN.length));
        assertThat(pass.dryRun(Optional.of(Duration.ZERO)).freed()).isEqualTo(new Amount(1, OWN.length));
        assertThat(isStored(key)).isTrue();

        var report = pass.run(Optional.of(Duration.ZERO)).orElseThrow();

        assertThat(report.freed()).isEqualTo(new Amount(1, OWN.length));
        assertThat(report.waiting()).isEqualTo(Amount.NONE);
        assertThat(report.kept()).isEqualTo(new Amount(2, LAYER.length + CONFIG.length));
        assertThat(isStored(key)).isFalse();
        assertThat(counts.freedBytes().sum()).isEqualTo(OWN.length);
        assertThat(pass.status().freed()).isEqualTo(report.freed());
        assertThat(layers.bytes(APP, sha256(LAYER))).isEqualTo(LAYER);
    }

    @Test
    void bytes_that_wait_for_their_second_time_go_with_a_pass_without_grace() throws IOException {
        layers.push(APP, OWN);
        var key = key(APP, OWN);
        world.pass(GRACE);
        collect();
        var pass = new GarbagePass(world.metadata, world.blobs, world.clock, RULES, counts);
        assertThat(pass.run(Optional.empty()).orElseThrow().freed()).isEqualTo(Amount.NONE);

        pass.run(Optional.of(Duration.ZERO));

        assertThat(isStored(key)).isFalse();
    }

    @Test
    void what_cannot_be_deleted_is_told_and_stays_to_be_tried_again() throws IOException {
        layers.push(APP, OWN);
        var key = key(APP, OWN);
        var refusing = new GarbagePass(world.metadata, new Undeletable(List.of(key)), world.clock, RULES, counts);

        var report = refusing.run(Optional.of(Duration.ZERO)).orElseThrow();

        assertThat(report.failed()).singleElement().satisfies(failed -> {
            assertThat(failed.key()).isEqualTo(key);
            assertThat(failed.tries()).isEqualTo(1);
            assertThat(failed.error()).isEqualTo("no right to it");
        });
        assertThat(report.waiting()).isEqualTo(new Amount(1, OWN.length));
        assertThat(counts.failed().sum()).isEqualTo(1);
        assertThat(counts.freedBlobs().sum()).isEqualTo(2); // LAYER and CONFIG, which no image names
    }

    @Test
    void while_a_pass_runs_another_one_does_nothing_and_takes_no_time_of_whoever_writes() {
        layers.push(APP, OWN);
        var others = new ArrayList<Optional<Report>>();
        var pass = pass(deleting(keys -> others.add(pass(world.blobs).run(Optional.of(Duration.ZERO)))));

        assertThat(freed(pass)).isEqualTo(UNNAMED);

        assertThat(others).isNotEmpty().allMatch(Optional::isEmpty);
        assertThat(freed(pass(world.blobs))).isEqualTo(Amount.NONE);
    }

    @Test
    void a_pass_that_died_holds_the_next_one_up_no_longer_than_its_turn_lasts() throws InterruptedException {
        layers.push(APP, OWN);
        var died = world.metadata
                .transactGuarded(tx -> tx.leases().take(GarbagePass.NAME, "one that died", Duration.ofHours(1)))
                .orElseThrow();
        assertThat(pass(world.blobs).run(Optional.of(Duration.ZERO))).isEmpty();
        world.metadata.transactGuarded(tx -> tx.leases().renew(died, Duration.ofMillis(1)));
        Thread.sleep(20);

        assertThat(freed(pass(world.blobs))).isEqualTo(UNNAMED);
    }

    /// A store that is slow, or the rest that `gc.rate` asks for.
    @Test
    void a_pass_that_writes_nothing_for_longer_than_its_turn_lasts_keeps_it() {
        layers.push(APP, OWN);
        var others = new ArrayList<Optional<Report>>();
        var turns = new Turns(world.metadata, "slow", Duration.ofMillis(100));
        var slow = deleting(keys -> {
            world.metadata.transactGuarded(tx -> tx.leases().renew(SLOW, Duration.ofSeconds(5)));
            sleep(Duration.ofSeconds(6));
            others.add(pass(world.blobs).run(Optional.of(Duration.ZERO)));
        });

        var report = pass(slow).run(Optional.of(Duration.ZERO), turns).orElseThrow();

        assertThat(report.freed()).isEqualTo(UNNAMED);
        assertThat(others).isNotEmpty().allMatch(Optional::isEmpty);
    }

    /// Another one may have seen to the rest of it, so it says of nothing that it was done.
    @Test
    void a_pass_that_was_asleep_for_longer_than_its_turn_writes_nothing() throws Exception {
        layers.push(APP, OWN);
        var asleep = deleting(keys -> world.metadata.transactGuarded(tx -> tx.leases()
                .take(GarbagePass.NAME, tx.leases().holder(GarbagePass.NAME).orElseThrow(), Duration.ZERO)));

        assertThatThrownBy(() -> pass(asleep).run(Optional.of(Duration.ZERO))).isInstanceOf(LostLeaseException.class);

        assertThat(pass(world.blobs).status().freed()).isEqualTo(Amount.NONE);
        assertThat(freed(pass(world.blobs))).isEqualTo(UNNAMED);
    }

    private static Amount freed(GarbagePass pass) {
        return pass.run(Optional.of(Duration.ZERO)).orElseThrow().freed();
    }

    private GarbagePass pass(BlobStore blobs) {
        return new GarbagePass(world.metadata, blobs, world.clock, RULES, counts);
    }

    /// Where this is done before bytes are deleted.
    private BlobStore deleting(Consumer<List<BlobKey>> before) {
        return new ForwardedBlobs(world.blobs) {
            @Override
            public Map<BlobKey, IOException> deleteAll(List<BlobKey> keys) {
                before.accept(keys);
                return super.deleteAll(keys);
            }
        };
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
