package entrepot.operation.image;

import static entrepot.operation.Images.byDigest;
import static entrepot.operation.Images.byTag;
import static entrepot.operation.Images.digest;
import static entrepot.operation.Images.image;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Digest;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import entrepot.domain.StoredManifest;
import entrepot.domain.Tag;
import entrepot.operation.Images;
import entrepot.operation.Layers;
import entrepot.operation.PullTimes;
import entrepot.operation.World;
import entrepot.operation.image.ImageView.ImageId;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchGetImageTest {

    private static final ManifestBytes IMAGE = image("a");
    private static final Digest DIGEST = digest(IMAGE);

    @AutoClose
    private final World world = World.withApp();

    private final Images images = Images.into(world, APP);

    /// `{"repositoryName":"app","imageIds":[{"imageTag":"v1"}]}` has room to name three.
    @Test
    void it_asks_for_the_memory_of_what_its_input_has_room_to_name() {
        var operation = new BatchGetImage(world.metadata, world.vault, new PullTimes(world.clock), new PullBlock(null));

        assertThat(operation.memory(55)).isEqualTo((1 + 3) * (256 << 10));
        assertThat(operation.memory(20_000)).isEqualTo(8 << 20);
    }

    @Test
    void a_manifest_comes_back_as_it_was_pushed_under_the_name_it_is_asked_for_by() {
        images.put(APP, IMAGE, "v1");

        assertThat(images.get(APP, byTag("v1"), byDigest(DIGEST)))
                .isEqualTo(new BatchGetImage.Output(List.of(view("v1"), view(null)), List.of()));
        assertThat(images.get(APP, new ImageIdentifier(DIGEST.toString(), "v1")).images())
                .containsExactly(view("v1"));
    }

    @Test
    void bytes_are_kept_to_the_last_space() {
        var odd = ManifestBytes.ofText("  " + IMAGE.text().replace("{", "{\n   ") + "\n");
        images.put(APP, odd, "odd");

        assertThat(images.get(APP, byTag("odd")).images().getFirst().imageManifest())
                .isEqualTo(odd);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
            null                | null   | MissingDigestAndTag        | Invalid request parameters: both tag and digest cannot be null
            null                | absent | ImageNotFound              | Requested image not found
            sha256:abc          | null   | ImageNotFound              | Requested image not found
            md5:abc             | null   | ImageNotFound              | Requested image not found
            sha256              | null   | InvalidImageDigest         | Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'
            sha256:xyz          | v1     | InvalidImageDigest         | Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'
            null                | a+b    | InvalidImageTag            | Invalid request parameters: image tag should satisfy the regex '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}'
            sha256:abc          | v1     | ImageTagDoesNotMatchDigest | Requested image tag does not match the digest
            sha256:abc          | absent | ImageNotFound              | Requested image not found
            """)
    void what_is_not_found_is_a_failure_of_its_own(
            @Nullable String digest, @Nullable String tag, String code, String reason) {
        images.put(APP, IMAGE, "v1");
        var id = new ImageIdentifier(digest, tag);

        assertThat(images.get(APP, id, byTag("v1")))
                .isEqualTo(new BatchGetImage.Output(List.of(view("v1")), List.of(new ImageFailure(id, code, reason))));
    }

    @Test
    void an_image_goes_by_the_algorithm_that_its_pusher_named() {
        var sha512 = IMAGE.digest(Digest.Algorithm.SHA512);
        var input = new PutImage.Input(null, APP, IMAGE, null, new Tag("v512"), sha512);

        assertThat(world.call(images.put, input).image().imageId()).isEqualTo(new ImageId(sha512, new Tag("v512")));

        assertThat(images.get(APP, byDigest(sha512)).images().getFirst().imageManifest())
                .isEqualTo(IMAGE);
        assertThat(images.has(APP, byDigest(DIGEST))).isFalse();
        assertThat(images.put(APP, IMAGE, "v256")).isEqualTo(DIGEST);
    }

    @Test
    void a_wrong_sha512_is_refused() {
        var wrong = image("b").digest(Digest.Algorithm.SHA512);

        assertThat(refusal(() -> world.call(images.put, new PutImage.Input(null, APP, IMAGE, null, null, wrong))))
                .isEqualTo("ImageDigestDoesNotMatchException: The image with digest '" + wrong + "' in repository"
                        + " 'app' and registry ID '123456789012' does not match the image digest that Amazon ECR has"
                        + " calculated.");
    }

    @Test
    void an_image_may_name_layers_by_sha512() {
        var layer = Layers.sha512(Images.LAYER);
        var manifest = image("512", layer, Images.LAYER.length);
        assertThat(refusal(() -> images.put(APP, manifest, "v1"))).startsWith("LayersNotFoundException: ");

        new Layers(world).push(APP, Images.LAYER, layer);

        images.put(APP, manifest, "v1");
        assertThat(images.has(APP, byTag("v1"))).isTrue();
    }

    @Test
    void more_than_sixteen_mebibytes_of_manifests_are_not_read_at_once() {
        var ids = IntStream.range(0, 5)
                .mapToObj(i -> byDigest(images.put(APP, image(i + "x".repeat(4_000_000)), null)))
                .toArray(ImageIdentifier[]::new);

        assertThat(refusal(() -> images.get(APP, ids)))
                .isEqualTo("LimitExceededException: The manifests asked for have more than 16777216 bytes together."
                        + " Ask for fewer at once");
        assertThat(images.get(APP, ids[0], ids[1], ids[2], ids[3]).images()).hasSize(4);
    }

    @Test
    void a_long_manifest_stays_where_it_is_stored_until_it_is_deleted() {
        var manifest = image("x".repeat(1_000_000));
        var id = byDigest(images.put(APP, manifest, "v1"));
        var view = images.get(APP, id).images().getFirst();

        assertThat(view.imageManifest()).isInstanceOf(StoredManifest.class);
        var stored = (StoredManifest) view.imageManifest();
        assertThat(stored.read(0, stored.length())).isEqualTo(manifest.toByteArray());
        world.call(images.delete, new BatchDeleteImage.Input(null, APP, List.of(id)));
        assertThatThrownBy(() -> stored.read(0, 1)).isInstanceOf(StoredManifest.Gone.class);
    }

    @Test
    void an_absent_repository_is_told() {
        assertThat(refusal(() -> images.get(OTHER, byTag("v1")))).isEqualTo(World.absent(OTHER));
    }

    @Test
    void an_image_of_another_repository_is_not_found() {
        images.put(APP, IMAGE, "v1");
        world.create(OTHER);

        assertThat(images.get(OTHER, byDigest(DIGEST)).failures())
                .extracting(ImageFailure::failureCode)
                .containsExactly("ImageNotFound");
    }

    @Test
    void another_accounts_images_are_not_the_callers_to_read() {
        assertThat(refusal(() -> world.call(
                        images.get, new BatchGetImage.Input(World.STRANGER, APP, List.of(byTag("v1")), null))))
                .isEqualTo(World.denied("BatchGetImage", APP));
    }

    private static ImageView view(@Nullable String tag) {
        return new ImageView(
                World.ID.account(),
                APP,
                new ImageId(DIGEST, tag == null ? null : new Tag(tag)),
                IMAGE,
                MediaType.OCI_MANIFEST);
    }
}
