package entrepot.operation.layer;

import static entrepot.operation.Layers.sha256;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.GarbageRules;
import entrepot.domain.Law;
import entrepot.domain.Progress;
import entrepot.job.DiscardedBlobs;
import entrepot.operation.Images;
import entrepot.operation.Layers;
import entrepot.operation.World;
import entrepot.store.TestStores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Repositories share the bytes of equal layers, and nothing else.
class SharedBlobsTest {

    private static final byte[] BYTES = "a layer of many".getBytes(UTF_8);
    private static final Digest DIGEST = sha256(BYTES);

    @TempDir
    private Path folder;

    private World world;
    private Layers layers;

    @BeforeEach
    void two_repositories_on_a_disk() throws IOException {
        world = World.withApp(TestStores.blobsIn(folder));
        world.create(OTHER);
        layers = new Layers(world);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void equal_layers_of_two_repositories_are_stored_once() throws IOException {
        layers.push(APP, BYTES);
        layers.push(OTHER, BYTES);

        assertThat(layers.stored(OTHER, DIGEST).key())
                .isEqualTo(layers.stored(APP, DIGEST).key());
        deleteDiscarded();
        assertThat(keys()).isEqualTo(1);
        assertThat(layers.bytes(OTHER, DIGEST)).isEqualTo(BYTES);
        assertThat(world.discarded()).isEmpty();
    }

    @Test
    void a_new_layer_of_a_repository_is_new_by_ecrs_law_though_its_bytes_are_known() {
        layers.push(APP, BYTES);
        var upload = layers.begin(OTHER);
        layers.part(OTHER, upload, 0, BYTES);

        assertThat(layers.complete(Law.ECR, OTHER, upload, DIGEST)).isEqualTo(DIGEST);
    }

    @Test
    void knowing_a_digest_of_another_repository_grants_nothing() {
        layers.push(APP, BYTES);
        layers.push(OTHER, Images.CONFIG);
        var images = new Images(world);

        assertThat(layers.has(OTHER, DIGEST)).isFalse();
        assertThat(refusal(() -> layers.bytes(OTHER, DIGEST)))
                .isEqualTo("LayersNotFoundException: The layer with digest '" + DIGEST + "' does not exist within the"
                        + " repository with name 'other' in the registry with id '123456789012'");
        assertThat(refusal(() -> images.put(OTHER, Images.image("a", DIGEST, BYTES.length), "v1")))
                .isEqualTo("LayersNotFoundException: Layers with digests '[" + DIGEST + "]' required for pushing"
                        + " image into repository with name 'other' in the registry with id '123456789012' do not"
                        + " exist");
        var upload = layers.begin(OTHER);
        assertThat(refusal(() -> layers.complete(Law.OCI, OTHER, upload, DIGEST)))
                .startsWith("InvalidLayerException: ");
    }

    @ParameterizedTest
    @EnumSource
    void a_layer_whose_bytes_are_short_is_not_served_and_is_mended_by_a_push(Law law) throws IOException {
        layers.push(APP, BYTES);
        world.blobs.append(layers.stored(APP, DIGEST).key(), Progress.of(5), Content.Bytes.EMPTY);

        assertThatThrownBy(() -> layers.bytes(APP, DIGEST))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("5 instead of " + BYTES.length);
        mend(law);
    }

    @ParameterizedTest
    @EnumSource
    void a_layer_whose_bytes_are_gone_is_not_served_and_is_mended_by_a_push(Law law) throws IOException {
        layers.push(APP, BYTES);
        world.blobs.delete(layers.stored(APP, DIGEST).key());

        assertThatThrownBy(() -> layers.bytes(APP, DIGEST)).isInstanceOf(UncheckedIOException.class);
        mend(law);
    }

    private void mend(Law law) throws IOException {
        var upload = layers.begin(APP);
        layers.part(APP, upload, 0, BYTES);
        assertThat(layers.complete(law, APP, upload, DIGEST)).isEqualTo(DIGEST);

        assertThat(layers.bytes(APP, DIGEST)).isEqualTo(BYTES);
        deleteDiscarded();
        assertThat(layers.bytes(APP, DIGEST)).isEqualTo(BYTES);
        assertThat(keys()).isEqualTo(1);
    }

    @Test
    void a_push_to_one_repository_mends_the_layer_of_all() throws IOException {
        layers.push(APP, BYTES);
        layers.push(OTHER, BYTES);
        world.blobs.delete(layers.stored(APP, DIGEST).key());

        layers.push(OTHER, BYTES);

        assertThat(layers.bytes(APP, DIGEST)).isEqualTo(BYTES);
    }

    @Test
    void a_layer_deleted_from_one_repository_stays_in_the_other() {
        layers.push(APP, BYTES);
        layers.push(OTHER, BYTES);

        delete();

        assertThat(layers.has(APP, DIGEST)).isFalse();
        assertThat(layers.bytes(OTHER, DIGEST)).isEqualTo(BYTES);
        assertThat(refusal(this::delete)).startsWith("LayersNotFoundException: The layer with digest");
        layers.push(APP, BYTES);
        assertThat(layers.bytes(APP, DIGEST)).isEqualTo(BYTES);
    }

    @Test
    void a_layer_that_an_image_names_is_not_deleted() {
        layers.push(APP, Images.CONFIG);
        layers.push(APP, BYTES);
        var images = new Images(world);
        images.put(APP, Images.image("a", DIGEST, BYTES.length), "v1");

        assertThat(refusal(this::delete))
                .isEqualTo("InvalidParameterException: Requested layer referenced by an image: " + DIGEST);
        images.delete(Law.ECR, APP, Images.byTag("v1"));
        delete();
        assertThat(layers.has(APP, DIGEST)).isFalse();
    }

    @Test
    void damage_of_the_same_length_is_mended_by_a_push() throws IOException {
        layers.push(APP, BYTES);
        world.blobs.append(layers.stored(APP, DIGEST).key(), Progress.of(0), new Content.Bytes(new byte[BYTES.length]));

        layers.push(OTHER, BYTES);

        assertThat(layers.bytes(APP, DIGEST)).isEqualTo(BYTES);
        assertThat(layers.bytes(OTHER, DIGEST)).isEqualTo(BYTES);
    }

    @Test
    void a_pull_that_has_begun_goes_on_with_the_bytes_that_gave_way() throws IOException {
        layers.push(APP, BYTES);
        var pull = world.call(layers.read, new ReadLayer.Input(null, APP, DIGEST));
        var old = layers.stored(APP, DIGEST).key();

        layers.push(OTHER, BYTES);
        new DiscardedBlobs(world.metadata, world.blobs, world.clock).runOnce();
        assertThat(layers.stored(APP, DIGEST).key()).isNotEqualTo(old);
        var pulled = new ByteArrayOutputStream();
        pull.bytes().open(0, BYTES.length).writeTo(Channels.newChannel(pulled));
        assertThat(pulled.toByteArray()).isEqualTo(BYTES);

        deleteDiscarded();
        assertThat(world.blobs.size(old)).isEmpty();
        assertThat(layers.bytes(APP, DIGEST)).isEqualTo(BYTES);
    }

    private void delete() {
        world.call(Law.OCI, new DeleteLayer(world.metadata), new DeleteLayer.Input(null, APP, DIGEST));
    }

    private void deleteDiscarded() {
        world.pass(GarbageRules.USUAL.replacedStay());
        new DiscardedBlobs(world.metadata, world.blobs, world.clock).runOnce();
    }

    private long keys() throws IOException {
        try (var keys = world.blobs.keys()) {
            return keys.count();
        }
    }
}
