package entrepot.operation.history;

import static entrepot.operation.Images.CONFIG;
import static entrepot.operation.Images.byDigest;
import static entrepot.operation.Images.image;
import static entrepot.operation.Layers.sha256;
import static entrepot.operation.World.APP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.BlobKey;
import entrepot.domain.Digest;
import entrepot.domain.GarbageRules;
import entrepot.domain.Law;
import entrepot.job.DiscardedBlobs;
import entrepot.job.GarbageCollection;
import entrepot.job.GarbageCounts;
import entrepot.job.GarbagePass;
import entrepot.operation.Images;
import entrepot.operation.Layers;
import entrepot.operation.World;
import entrepot.operation.layer.DeleteLayer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Collection beside what is kept.
class KeptBytesTest {

    private static final GarbageRules RULES = GarbageRules.USUAL;
    private static final Duration GRACE = RULES.grace().plus(RULES.slack());
    private static final byte[] OWN = "a layer of its own".getBytes(UTF_8);

    @AutoClose
    private final World world = World.withApp();

    private final Histories histories = Histories.in(world);
    private final Layers layers = new Layers(world);
    private final Images images = Images.into(world, APP);

    private void collect() {
        new GarbageCollection(world.metadata, world.clock, RULES).runOnce();
        new DiscardedBlobs(world.metadata, world.blobs, world.clock).runOnce();
    }

    private void passAndCollect() {
        world.pass(GRACE);
        collect();
    }

    private boolean isStored(BlobKey key) throws IOException {
        return world.blobs.size(key).isPresent();
    }

    private Digest pushed() {
        layers.push(APP, OWN);
        return images.put(APP, image("own", sha256(OWN), OWN.length), "own");
    }

    private Digest deleted() {
        var own = pushed();
        images.delete(Law.ECR, APP, byDigest(own));
        return own;
    }

    @Test
    void the_layers_of_what_is_kept_stay_whatever_is_collected_and_go_after_it() throws IOException {
        var own = pushed();
        var key = layers.stored(APP, sha256(OWN)).key();
        images.delete(Law.ECR, APP, byDigest(own));
        var pass = new GarbagePass(world.metadata, world.blobs, world.clock, RULES, new GarbageCounts());
        for (int i = 0; i < 3; i++) {
            passAndCollect();
            pass.run(Optional.of(Duration.ZERO));
        }
        assertThat(layers.has(APP, sha256(OWN))).isFalse();
        assertThat(isStored(key)).isTrue();
        assertThat(pass.status().waiting().blobs()).isZero();

        histories.undelete(own);

        assertThat(layers.bytes(APP, sha256(OWN))).isEqualTo(OWN);
        passAndCollect();
        assertThat(layers.bytes(APP, sha256(OWN))).isEqualTo(OWN);
        images.delete(Law.ECR, APP, byDigest(own));
        world.pass(Histories.KEEP);
        histories.dropOld(Histories.KEEP);
        assertThat(isStored(key)).isTrue();
        passAndCollect();
        passAndCollect();

        assertThat(isStored(key)).isFalse();
    }

    @Test
    void a_clock_that_jumps_drops_nothing_early() throws IOException {
        var own = deleted();
        var key = layers.stored(APP, sha256(OWN)).key();
        world.clock.move(Histories.KEEP.multipliedBy(10));
        histories.dropOld(Histories.KEEP);
        passAndCollect();
        passAndCollect();

        assertThat(isStored(key)).isTrue();
        histories.undelete(own);
        assertThat(layers.bytes(APP, sha256(OWN))).isEqualTo(OWN);
    }

    @Test
    void a_layer_that_is_deleted_by_itself_comes_back_with_its_image() {
        var own = deleted();
        var delete = world.the(DeleteLayer.class);
        world.call(Law.OCI, delete, new DeleteLayer.Input(null, APP, sha256(OWN)));
        passAndCollect();
        passAndCollect();

        histories.undelete(own);

        assertThat(layers.bytes(APP, sha256(OWN))).isEqualTo(OWN);
    }

    @Test
    void a_layer_that_was_pushed_again_meanwhile_is_the_one_that_comes_back() {
        var own = deleted();
        passAndCollect();
        layers.push(APP, OWN);

        histories.undelete(own);
        passAndCollect();
        passAndCollect();

        assertThat(layers.bytes(APP, sha256(OWN))).isEqualTo(OWN);
        assertThat(layers.bytes(APP, sha256(CONFIG))).isEqualTo(CONFIG);
    }

    @Test
    void a_deleted_repository_keeps_its_layers() {
        pushed();
        world.delete(APP);
        histories.dropOld(Histories.KEEP);
        passAndCollect();
        passAndCollect();

        histories.undeleteRepository(APP, null);

        assertThat(layers.bytes(APP, sha256(OWN))).isEqualTo(OWN);
        assertThat(layers.bytes(APP, sha256(CONFIG))).isEqualTo(CONFIG);
    }
}
