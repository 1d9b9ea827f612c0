package entrepot.operation.layer;

import static entrepot.operation.Layers.sha256;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.RepositoryName;
import entrepot.operation.Images;
import entrepot.operation.Layers;
import entrepot.operation.World;
import entrepot.store.DamagedBlobException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Who asks for a damaged layer is told that it is not there, and so brings it anew; nobody gets its bytes.
class DamagedLayersTest {

    private static final byte[] BYTES = "a layer of an image".getBytes(UTF_8);
    private static final Digest DIGEST = sha256(BYTES);

    @AutoClose
    private final World world = World.withApp();

    private final Layers layers = new Layers(world);
    private final Images images = Images.into(world, APP);

    @BeforeEach
    void push_an_image() {
        world.create(OTHER);
        layers.push(APP, BYTES);
        images.put(APP, Images.image("a", DIGEST, BYTES.length), "v1");
    }

    @Test
    void a_marked_layer_is_not_there_for_who_asks() {
        mark(APP);

        assertThat(layers.has(APP, DIGEST)).isFalse();
        assertThat(layers.has(APP, sha256(Images.CONFIG))).isTrue();
        assertThat(mounts()).isFalse();
    }

    @Test
    void a_marked_layer_that_is_old_is_not_kept_for_who_asks_either() {
        layers.push(OTHER, BYTES);
        mark(OTHER);
        world.pass(Duration.ofHours(20));

        assertThat(layers.has(OTHER, DIGEST)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void no_image_is_pushed_with_it_nor_the_same_one_again(Law law) {
        mark(APP);
        var absent = "LayersNotFoundException: Layers with digests '[" + DIGEST + "]' required for pushing image into"
                + " repository with name 'app' in the registry with id '123456789012' do not exist";

        assertThat(refusal(() -> images.put(law, APP, Images.image("b", DIGEST, BYTES.length), "v2")))
                .isEqualTo(absent);
        assertThat(refusal(() -> images.put(law, APP, Images.image("a", DIGEST, BYTES.length), "v1")))
                .isEqualTo(absent);
    }

    @Test
    void the_images_that_have_it_are_answered_as_before() {
        mark(APP);

        assertThat(images.get(APP, Images.byTag("v1")).images()).hasSize(1);
    }

    @Test
    void a_pull_of_it_fails_and_is_no_refusal() {
        mark(APP);

        assertThatThrownBy(() -> layers.bytes(APP, DIGEST))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(DamagedBlobException.class)
                .hasMessageContaining(DIGEST + " is damaged: has bytes of another one");
        var input = new GetDownloadUrlForLayer.Input(null, APP, DIGEST.toString());
        assertThatThrownBy(() -> world.call(world.the(GetDownloadUrlForLayer.class), input))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(DamagedBlobException.class);
    }

    @ParameterizedTest
    @EnumSource
    void a_push_of_it_is_new_by_either_law_and_takes_the_mark_off_for_all(Law law) {
        layers.push(OTHER, BYTES);
        mark(APP);

        var upload = layers.begin(OTHER);
        layers.part(OTHER, upload, 0, BYTES);
        assertThat(layers.complete(law, OTHER, upload, DIGEST)).isEqualTo(DIGEST);

        assertThat(layers.has(APP, DIGEST)).isTrue();
        assertThat(layers.bytes(APP, DIGEST)).isEqualTo(BYTES);
        assertThat(layers.bytes(OTHER, DIGEST)).isEqualTo(BYTES);
        images.put(APP, Images.image("b", DIGEST, BYTES.length), "v2");
    }

    @Test
    void a_pull_that_meets_bytes_that_are_gone_marks_them() throws IOException {
        world.blobs.delete(layers.stored(APP, DIGEST).key());
        assertThat(layers.has(APP, DIGEST)).isTrue();

        assertThatThrownBy(() -> layers.bytes(APP, DIGEST)).isInstanceOf(UncheckedIOException.class);

        assertThat(layers.has(APP, DIGEST)).isFalse();
        layers.push(APP, BYTES);
        assertThat(layers.has(APP, DIGEST)).isTrue();
    }

    @Test
    void a_pull_of_bytes_that_gave_way_marks_nothing() throws IOException {
        var pull = world.call(layers.read, new ReadLayer.Input(null, APP, DIGEST));
        var old = layers.stored(APP, DIGEST).key();
        layers.push(OTHER, BYTES);
        world.blobs.delete(old);

        assertThatThrownBy(() -> pull.bytes()
                        .open(0, BYTES.length)
                        .writeTo(Channels.newChannel(OutputStream.nullOutputStream())))
                .isInstanceOf(Exception.class);

        assertThat(layers.bytes(APP, DIGEST)).isEqualTo(BYTES);
    }

    @Test
    void damage_of_what_is_encrypted_by_one_key_is_none_of_the_same_layer_elsewhere() throws IOException {
        var sealed = new RepositoryName("sealed");
        var another = new RepositoryName("sealed/another");
        var key = world.createEncrypted(sealed);
        world.createEncrypted(another, key);
        layers.push(sealed, BYTES);
        layers.push(another, BYTES);
        world.blobs.delete(layers.stored(sealed, DIGEST).key());

        assertThatThrownBy(() -> layers.bytes(another, DIGEST)).isInstanceOf(UncheckedIOException.class);

        assertThat(layers.has(sealed, DIGEST)).isFalse();
        assertThat(layers.has(another, DIGEST)).isFalse();
        assertThat(layers.bytes(APP, DIGEST)).isEqualTo(BYTES);
        layers.push(another, BYTES);
        assertThat(layers.bytes(sealed, DIGEST)).isEqualTo(BYTES);
    }

    private void mark(RepositoryName name) {
        var key = layers.stored(name, DIGEST).key();
        world.metadata.transact(tx -> tx.repairs().mark(key, "has bytes of another one"));
    }

    private boolean mounts() {
        return world.call(Law.OCI, world.the(MountLayer.class), new MountLayer.Input(null, OTHER, DIGEST, APP))
                .mounted();
    }
}
