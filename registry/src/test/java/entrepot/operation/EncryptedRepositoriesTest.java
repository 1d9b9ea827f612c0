package entrepot.operation;

import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.error;
import static entrepot.operation.World.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.check.Check;
import entrepot.domain.Arn;
import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.Progress;
import entrepot.domain.RepositoryError;
import entrepot.domain.RepositoryName;
import entrepot.domain.StoredManifest;
import entrepot.operation.image.BatchGetImage;
import entrepot.operation.image.DescribeImages;
import entrepot.operation.image.ImageFailure;
import entrepot.operation.image.ListImageReferrers;
import entrepot.operation.image.ListImages;
import entrepot.operation.layer.GetDownloadUrlForLayer;
import entrepot.operation.layer.MountLayer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Repositories that are encrypted by a key: what goes in comes out, and nothing does either without the key.
class EncryptedRepositoriesTest {

    private static final byte[] LAYER = "a layer of many bytes. ".repeat(20_000).getBytes(UTF_8);

    @AutoClose
    private final World world = World.withApp();

    private final RepositoryName sealed = new RepositoryName("sealed");
    private final Layers layers = new Layers(world);
    private Arn key;
    private Images images;

    @BeforeEach
    void make_a_repository() {
        key = world.createEncrypted(sealed);
        images = Images.into(world, sealed);
    }

    @Test
    void what_goes_in_comes_out() {
        var layer = layers.push(sealed, LAYER);
        var image = Images.image("a", layer, LAYER.length);
        images.put(Law.ECR, sealed, image, "v1");

        assertThat(layers.bytes(sealed, layer)).isEqualTo(LAYER);
        assertThat(images.get(sealed, Images.byTag("v1")).images().getFirst().imageManifest())
                .isEqualTo(image);
    }

    @Test
    void a_long_manifest_is_read_in_pieces() {
        var image = Images.image("long ".repeat(100_000));
        images.put(sealed, image, "v1");

        var manifest =
                images.get(sealed, Images.byTag("v1")).images().getFirst().imageManifest();
        assertThat(manifest).isInstanceOfSatisfying(StoredManifest.class, stored -> {
            assertThat(bytes(stored.open(100_000))).isEqualTo(image.toByteArray());
        });
    }

    @Test
    void an_upload_goes_on_after_a_restart() {
        var upload = layers.begin(sealed);
        layers.append(sealed, upload, part(0, 70_000));
        var restarted = new Layers(world);

        assertThat(restarted.received(sealed, upload)).isEqualTo(70_000);
        restarted.append(sealed, upload, part(70_000, 200_000));
        restarted.append(sealed, upload, part(200_000, LAYER.length));
        var layer = new Layers(world).complete(Law.OCI, sealed, upload, Layers.sha256(LAYER));

        assertThat(layers.bytes(sealed, layer)).isEqualTo(LAYER);
    }

    @Test
    void one_layer_in_repositories_of_other_encryption_is_other_bytes() {
        var other = new RepositoryName("sealed/other");
        world.createEncrypted(other);
        var same = new RepositoryName("sealed/same");
        world.createEncrypted(same, key);
        var keys = List.of(
                stored(APP, layers.push(APP, LAYER)),
                stored(sealed, layers.push(sealed, LAYER)),
                stored(other, layers.push(other, LAYER)));

        assertThat(keys).doesNotHaveDuplicates();
        assertThat(layers.bytes(APP, Layers.sha256(LAYER))).isEqualTo(LAYER);
        assertThat(layers.bytes(sealed, Layers.sha256(LAYER))).isEqualTo(LAYER);
        assertThat(layers.bytes(other, Layers.sha256(LAYER))).isEqualTo(LAYER);
        assertThat(stored(same, layers.push(same, LAYER)))
                .as("one layer under one key, which a push mends")
                .isEqualTo(stored(sealed, Layers.sha256(LAYER)));
    }

    @Test
    void a_layer_is_mounted_between_repositories_of_one_encryption_alone() {
        var same = new RepositoryName("sealed/same");
        world.createEncrypted(same, key);
        var layer = layers.push(sealed, LAYER);

        assertThat(mounts(same, sealed)).isTrue();
        assertThat(layers.bytes(same, layer)).isEqualTo(LAYER);
        assertThat(mounts(APP, sealed)).isFalse();
        assertThat(mounts(APP, null)).isFalse();
        layers.push(APP, LAYER);
        world.createEncrypted(OTHER);
        assertThat(mounts(OTHER, APP)).isFalse();
        assertThat(mounts(OTHER, null)).isFalse();
        assertThat(layers.has(OTHER, layer)).isFalse();
    }

    @Test
    void nothing_goes_in_or_out_without_the_key() {
        var image = images.put(sealed, Images.image("a"), "v1");
        images.put(sealed, Images.about(image), null);
        var upload = layers.begin(sealed);
        layers.append(sealed, upload, part(0, 1000));
        disable();

        assertRefused(() -> layers.begin(sealed));
        assertRefused(() -> layers.append(sealed, upload, part(1000, 2000)));
        assertRefused(() -> layers.complete(Law.ECR, sealed, upload, Layers.sha256(Arrays.copyOf(LAYER, 1000))));
        assertRefused(() -> layers.bytes(sealed, Layers.sha256(Images.LAYER)));
        assertRefused(() -> world.call(
                world.the(GetDownloadUrlForLayer.class),
                new GetDownloadUrlForLayer.Input(
                        null, sealed, Layers.sha256(Images.LAYER).toString())));
        assertRefused(() -> images.put(sealed, Images.image("b"), "v2"));
        assertRefused(() -> world.call(
                world.the(ListImageReferrers.class),
                new ListImageReferrers.Input(null, sealed, new ListImageReferrers.SubjectId(image), null, null, null)));
        assertRefused(() -> world.call(
                Law.OCI,
                world.the(BatchGetImage.class),
                new BatchGetImage.Input(null, sealed, List.of(Images.byTag("v1")), null)));
        assertThat(layers.received(sealed, upload)).isEqualTo(1000);
    }

    @Test
    void a_batch_of_manifests_fails_for_each_that_is_there() {
        images.put(sealed, Images.image("a"), "v1");
        disable();

        var batch = images.get(sealed, Images.byTag("v1"), Images.byTag("absent"));

        assertThat(batch.images()).isEmpty();
        assertThat(batch.failures())
                .containsExactly(
                        new ImageFailure(Images.byTag("v1"), "KmsError", key + " is disabled."),
                        new ImageFailure(Images.byTag("absent"), "ImageNotFound", "Requested image not found"));
    }

    @Test
    void lists_and_deletes_need_no_key() {
        images.put(sealed, Images.image("a"), "v1");
        disable();

        assertThat(world.call(
                                world.the(DescribeImages.class),
                                new DescribeImages.Input(null, sealed, null, null, null, null))
                        .imageDetails())
                .hasSize(1);
        assertThat(world.call(world.the(ListImages.class), new ListImages.Input(null, sealed, null, null, null))
                        .imageIds())
                .hasSize(1);
        assertThat(images.delete(Law.ECR, sealed, Images.byTag("v1")).failures())
                .isEmpty();
    }

    @Test
    void enabling_the_key_brings_everything_back() {
        images.put(sealed, Images.image("a"), "v1");
        disable();
        assertThat(images.get(sealed, Images.byTag("v1")).images()).isEmpty();

        world.keys.enable(key);

        assertThat(images.get(sealed, Images.byTag("v1")).images()).hasSize(1);
        assertThat(layers.bytes(sealed, Layers.sha256(Images.LAYER))).isEqualTo(Images.LAYER);
    }

    @Test
    void a_key_is_remembered_for_as_long_as_the_configuration_says_and_no_longer() {
        world.keys.disable(key);
        assertThat(layers.bytes(sealed, Layers.sha256(Images.LAYER))).isEqualTo(Images.LAYER);

        world.clock.move(World.KEYS_REMEMBERED);

        assertRefused(() -> layers.bytes(sealed, Layers.sha256(Images.LAYER)));
    }

    /// With another key, as if somebody had changed the rows.
    @Test
    void a_repository_made_again_cannot_read_what_the_old_one_had() {
        images.put(sealed, Images.image("a"), "v1");
        world.delete(sealed);
        world.createEncrypted(sealed);

        assertThat(images.has(sealed, Images.byTag("v1"))).isFalse();
        assertThat(layers.has(sealed, Layers.sha256(Images.LAYER))).isFalse();
    }

    @Test
    void a_check_opens_everything_and_tells_what_it_cannot() {
        layers.push(sealed, LAYER);
        images.put(sealed, Images.image("a"), "v1");
        var problems = new ArrayList<String>();
        new Check(world.metadata, world.vault, problems::add).run();
        assertThat(problems).isEmpty();

        disable();
        var summary = new Check(world.metadata, world.vault, problems::add).run();

        assertThat(summary.problems()).isEqualTo(4);
        assertThat(problems)
                .hasSize(4)
                .allSatisfy(problem -> assertThat(problem).endsWith("cannot be read: " + key + " is disabled."));
    }

    @Test
    void a_check_finds_bytes_that_were_changed() throws IOException {
        var layer = layers.push(sealed, LAYER);
        var stored = layers.stored(sealed, layer).key();
        var sealedBytes = new ByteArrayOutputStream();
        var size = world.blobs.size(stored).orElseThrow();
        world.blobs.open(stored, size, 0, 70_000).writeTo(Channels.newChannel(sealedBytes));
        var changed = sealedBytes.toByteArray();
        changed[69_999] ^= 1;
        var rest = new ByteArrayOutputStream();
        world.blobs.open(stored, size, 70_000, size - 70_000).writeTo(Channels.newChannel(rest));
        world.blobs.append(stored, Progress.of(0), new Content.Bytes(changed));
        world.blobs.append(stored, Progress.of(70_000), new Content.Bytes(rest.toByteArray()));
        var problems = new ArrayList<String>();

        new Check(world.metadata, world.vault, problems::add).run();

        assertThat(problems)
                .containsExactly("blob " + layer + ": cannot be read: segment 1 of " + stored
                        + " is damaged, or sealed under another key");
    }

    private static byte[] bytes(InputStream stream) {
        try (stream) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void disable() {
        world.keys.disable(key);
        world.clock.move(World.KEYS_REMEMBERED);
    }

    private void assertRefused(ThrowingCallable call) {
        assertThat(error(call)).isEqualTo(new RepositoryError.Kms("KMS.DisabledException", key + " is disabled."));
        assertThat(refusal(call)).isEqualTo("KmsException: " + key + " is disabled.");
    }

    private boolean mounts(RepositoryName target, @Nullable RepositoryName from) {
        return world.call(
                        Law.OCI,
                        world.the(MountLayer.class),
                        new MountLayer.Input(null, target, Layers.sha256(LAYER), from))
                .mounted();
    }

    /// Where the bytes lie.
    private BlobKey stored(RepositoryName name, Digest digest) {
        return layers.stored(name, digest).key();
    }

    private static Content part(int from, int to) {
        return new Content.Bytes(Arrays.copyOfRange(LAYER, from, to));
    }
}
