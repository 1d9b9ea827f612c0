package entrepot.operation.layer;

import static entrepot.operation.Layers.sha256;
import static entrepot.operation.Layers.sha512;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.LayerUpload;
import entrepot.domain.UploadId;
import entrepot.operation.Layers;
import entrepot.operation.World;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompleteLayerUploadTest {

    private static final byte[] BYTES = "a layer".getBytes(UTF_8);
    private static final Digest DIGEST = sha256(BYTES);
    private static final String NO_MATCH =
            "InvalidLayerException: None of the provided layer digests match the calculated layer digest";
    private static final String EXISTS = "LayerAlreadyExistsException: The layer with digest '" + DIGEST
            + "' already exists in the repository with name 'app' in registry with id '123456789012'";

    @AutoClose
    private final World world = World.withApp();

    private final Layers layers = new Layers(world);

    @ParameterizedTest
    @EnumSource
    void an_upload_becomes_a_layer(Law law) {
        var upload = uploaded();
        assertThat(layers.has(APP, DIGEST)).isFalse();

        assertThat(layers.complete(law, APP, upload, DIGEST)).isEqualTo(DIGEST);

        assertThat(layers.has(APP, DIGEST)).isTrue();
        assertThat(layers.bytes(APP, DIGEST)).isEqualTo(BYTES);
    }

    @Test
    void the_answer_names_what_was_asked() {
        var upload = uploaded();
        var input = new CompleteLayerUpload.Input(null, APP, upload, List.of(DIGEST.toString()));

        assertThat(world.call(layers.complete, input))
                .isEqualTo(new CompleteLayerUpload.Output(World.ID.account(), APP, upload, DIGEST));
    }

    @Test
    void one_digest_of_many_is_enough() {
        assertThat(complete("sha256:" + "0".repeat(64), "md5:abcdef", "", DIGEST.toString()))
                .isEqualTo(DIGEST);
    }

    @Test
    void a_wrong_digest_is_refused_and_the_upload_goes_on() {
        var upload = uploaded();

        assertThat(refusal(() -> layers.complete(Law.ECR, APP, upload, sha256(new byte[1]))))
                .isEqualTo(NO_MATCH);
        assertThat(refusal(() -> layers.complete(Law.ECR, APP, upload))).isEqualTo(NO_MATCH);
        assertThat(layers.has(APP, DIGEST)).isFalse();

        layers.part(APP, upload, BYTES.length, BYTES);
        var twice = "a layera layer".getBytes(UTF_8);
        assertThat(layers.complete(Law.OCI, APP, upload, sha256(twice))).isEqualTo(sha256(twice));
    }

    @Test
    void a_layer_may_go_by_sha512() {
        var digest = sha512(BYTES);

        assertThat(layers.push(APP, BYTES, digest)).isEqualTo(digest);
        assertThat(layers.bytes(APP, digest)).isEqualTo(BYTES);
        assertThat(layers.has(APP, DIGEST)).isFalse();
    }

    @Test
    void the_same_bytes_under_two_algorithms_are_two_layers() {
        layers.push(APP, BYTES, sha512(BYTES));
        layers.push(APP, BYTES, DIGEST);

        assertThat(layers.stored(APP, DIGEST).key())
                .isNotEqualTo(layers.stored(APP, sha512(BYTES)).key());
        assertThat(layers.bytes(APP, DIGEST)).isEqualTo(BYTES);
    }

    @Test
    void an_upload_of_nothing_is_refused_by_ecr_and_a_layer_of_oci() {
        var upload = layers.begin(APP);
        var empty = sha256(new byte[0]);

        assertThat(refusal(() -> layers.complete(Law.ECR, APP, upload, empty)))
                .isEqualTo("EmptyUploadException: The upload with id '" + upload + "' in the repository with name"
                        + " 'app' in registry with id '123456789012' cannot be completed because it does not have"
                        + " any parts");
        assertThat(layers.complete(Law.OCI, APP, upload, empty)).isEqualTo(empty);
        assertThat(layers.bytes(APP, empty)).isEmpty();
    }

    @Test
    void small_parts_before_the_last_are_refused_by_ecr_and_taken_by_oci() {
        var upload = uploaded();
        layers.part(APP, upload, BYTES.length, "!".getBytes(UTF_8));
        var digest = sha256("a layer!".getBytes(UTF_8));

        assertThat(refusal(() -> layers.complete(Law.ECR, APP, upload, digest)))
                .isEqualTo("LayerPartTooSmallException: All layer parts except the last part should be at least 5MB");
        assertThat(layers.complete(Law.OCI, APP, upload, digest)).isEqualTo(digest);
    }

    @Test
    void parts_of_five_mebibytes_are_large_enough() {
        var part = new byte[(int) LayerUpload.SMALLEST_PART];
        var upload = layers.begin(APP);
        layers.part(APP, upload, 0, part);
        layers.part(APP, upload, part.length, BYTES);
        var whole = new byte[part.length + BYTES.length];
        System.arraycopy(BYTES, 0, whole, part.length, BYTES.length);

        assertThat(layers.complete(Law.ECR, APP, upload, sha256(whole))).isEqualTo(sha256(whole));
    }

    @Test
    void a_layer_that_is_there_is_told_by_ecr_and_no_matter_to_oci() {
        layers.push(APP, BYTES);
        var again = uploaded();
        var onceMore = uploaded();

        assertThat(refusal(() -> layers.complete(Law.ECR, APP, again, DIGEST))).isEqualTo(EXISTS);
        assertThat(layers.complete(Law.OCI, APP, onceMore, DIGEST)).isEqualTo(DIGEST);
        assertThat(layers.bytes(APP, DIGEST)).isEqualTo(BYTES);
    }

    @Test
    void a_second_complete_is_told_by_ecr_and_answered_as_before_by_oci() {
        var upload = uploaded();
        layers.complete(Law.ECR, APP, upload, DIGEST);

        assertThat(refusal(() -> layers.complete(Law.ECR, APP, upload, DIGEST))).isEqualTo(EXISTS);
        assertThat(layers.complete(Law.OCI, APP, upload, DIGEST)).isEqualTo(DIGEST);
        assertThat(refusal(() -> layers.complete(Law.OCI, APP, upload, sha256(new byte[1]))))
                .isEqualTo(NO_MATCH);
    }

    @Test
    void a_second_complete_does_not_promise_a_layer_that_was_deleted_since() {
        var upload = uploaded();
        layers.complete(Law.OCI, APP, upload, DIGEST);
        world.call(Law.OCI, new DeleteLayer(world.metadata), new DeleteLayer.Input(null, APP, DIGEST));

        assertThat(refusal(() -> layers.complete(Law.OCI, APP, upload, DIGEST)))
                .isEqualTo("UploadNotFoundException: The upload with id '" + upload + "' in the repository with name"
                        + " 'app' in registry with id '123456789012' does not exist");
    }

    @Test
    void an_upload_is_found_in_its_own_repository_only() {
        world.create(OTHER);
        var upload = uploaded();

        assertThat(refusal(() -> layers.complete(Law.ECR, OTHER, upload, DIGEST)))
                .isEqualTo("UploadNotFoundException: The upload with id '" + upload + "' in the repository with name"
                        + " 'other' in registry with id '123456789012' does not exist");
        assertThat(refusal(() -> layers.complete(Law.ECR, APP, UploadId.random(Instant.EPOCH), DIGEST)))
                .startsWith("UploadNotFoundException: ");
        assertThat(layers.has(OTHER, DIGEST)).isFalse();
    }

    @Test
    void an_absent_repository_is_told() {
        var upload = uploaded();

        assertThat(refusal(() -> layers.complete(Law.ECR, OTHER, upload, DIGEST)))
                .isEqualTo(World.absent(OTHER));
    }

    @Test
    void another_accounts_upload_is_not_the_callers() {
        var input = new CompleteLayerUpload.Input(World.STRANGER, APP, uploaded(), List.of(DIGEST.toString()));

        assertThat(refusal(() -> world.call(layers.complete, input)))
                .isEqualTo(World.denied("CompleteLayerUpload", APP));
    }

    private UploadId uploaded() {
        var upload = layers.begin(APP);
        layers.append(APP, upload, new Content.Bytes(BYTES));
        return upload;
    }

    private Digest complete(String... digests) {
        return world.call(layers.complete, new CompleteLayerUpload.Input(null, APP, uploaded(), List.of(digests)))
                .layerDigest();
    }
}
