package entrepot.operation.layer;

import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Law;
import entrepot.domain.Limits;
import entrepot.operation.Layers;
import entrepot.operation.World;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class InitiateLayerUploadTest {

    @AutoClose
    private final World world = World.withApp(new Limits(
            new Limits.OfRegistry(9, 9, 9),
            new Limits.OfImage(9, 9),
            new Limits.OfLayer(9, 999),
            new Limits.OfPrincipal(2, 1 << 30),
            999));

    private final Layers layers = new Layers(world);

    @Test
    void an_upload_has_a_lower_case_uuid_and_parts_of_ten_mebibytes() {
        var answer = world.call(layers.initiate, new InitiateLayerUpload.Input(null, APP));

        assertThat(answer.partSize()).isEqualTo(10_485_760);
        assertThat(answer.uploadId().value())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(layers.received(APP, answer.uploadId())).isZero();
    }

    @Test
    void a_principal_has_as_many_open_uploads_as_it_may() {
        var bytes = "x".getBytes(UTF_8);
        layers.begin(APP);
        var second = layers.begin(APP);

        assertThat(refusal(() -> layers.begin(APP)))
                .isEqualTo("LimitExceededException: The maximum allowed number of open uploads, which is '2', is"
                        + " reached. Complete some, or wait until they expire");

        layers.part(APP, second, 0, bytes);
        layers.complete(Law.ECR, APP, second, Layers.sha256(bytes));
        var third = layers.begin(APP);
        world.call(Law.OCI, layers.cancel, new CancelLayerUpload.Input(null, APP, third));
        assertThat(layers.begin(APP)).isNotEqualTo(third);
    }

    @Test
    void a_cancelled_upload_is_gone_with_its_bytes() {
        var upload = layers.begin(APP);
        world.create(OTHER);
        var notHere = "UploadNotFoundException: The upload with id '" + upload + "' in the repository with name '%s'"
                + " in registry with id '123456789012' does not exist";

        assertThat(refusal(() -> world.call(layers.cancel, new CancelLayerUpload.Input(null, OTHER, upload))))
                .isEqualTo(notHere.formatted("other"));
        world.call(layers.cancel, new CancelLayerUpload.Input(null, APP, upload));
        assertThat(refusal(() -> world.call(layers.cancel, new CancelLayerUpload.Input(null, APP, upload))))
                .isEqualTo(notHere.formatted("app"));
        assertThat(refusal(() -> layers.received(APP, upload))).isEqualTo(notHere.formatted("app"));
        assertThat(world.discarded()).containsExactly(upload.blobKey());
    }

    @Test
    void an_absent_repository_is_told() {
        assertThat(refusal(() -> layers.begin(OTHER))).isEqualTo(World.absent(OTHER));
    }

    @Test
    void another_accounts_repository_is_not_the_callers_to_push_to() {
        assertThat(refusal(() -> world.call(layers.initiate, new InitiateLayerUpload.Input(World.STRANGER, APP))))
                .isEqualTo(World.denied("InitiateLayerUpload", APP));
        assertThat(refusal(() -> world.call(
                        layers.describe, new DescribeLayerUpload.Input(World.STRANGER, APP, layers.begin(APP)))))
                .isEqualTo(World.denied("UploadLayerPart", APP));
    }
}
