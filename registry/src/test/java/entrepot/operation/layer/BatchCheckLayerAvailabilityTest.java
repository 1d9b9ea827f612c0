package entrepot.operation.layer;

import static entrepot.operation.Images.LAYER;
import static entrepot.operation.Images.image;
import static entrepot.operation.Layers.sha256;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.operation.Images;
import entrepot.operation.Layers;
import entrepot.operation.World;
import entrepot.operation.layer.BatchCheckLayerAvailability.Layer;
import entrepot.operation.layer.BatchCheckLayerAvailability.LayerFailure;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class BatchCheckLayerAvailabilityTest {

    private static final String DIGEST = sha256(LAYER).toString();
    private static final String ABSENT = sha256(new byte[0]).toString();

    @AutoClose
    private final World world = World.withApp();

    private final BatchCheckLayerAvailability check = world.the(BatchCheckLayerAvailability.class);

    @Test
    void a_layer_has_its_size_and_the_type_that_the_newest_manifest_calls_it_by() {
        new Layers(world).push(APP, LAYER);
        assertThat(check(DIGEST).layers()).containsExactly(new Layer(DIGEST, "AVAILABLE", 9L, null));

        Images.into(world, APP).put(APP, image("a"), "v1");
        assertThat(check(DIGEST).layers())
                .containsExactly(new Layer(DIGEST, "AVAILABLE", 9L, "application/vnd.oci.image.layer.v1.tar+gzip"));
    }

    @Test
    void a_layer_that_is_not_there_is_no_failure() {
        var upper = DIGEST.replace(sha256(LAYER).hex(), sha256(LAYER).hex().toUpperCase(Locale.ROOT));

        assertThat(check(ABSENT, "md5:abc", upper))
                .isEqualTo(new BatchCheckLayerAvailability.Output(
                        List.of(unavailable(ABSENT), unavailable("md5:abc"), unavailable(upper)), List.of()));
    }

    @Test
    void what_is_no_digest_is_a_failure_and_the_others_are_answered_once_each() {
        new Layers(world).push(APP, LAYER);

        var answer = check("", DIGEST, "nonsense", DIGEST, "sha256:xyz");

        assertThat(answer.layers()).extracting(Layer::layerDigest).containsExactly(DIGEST);
        var regex = "Invalid request parameters: layer digest should satisfy the regex"
                + " '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'";
        assertThat(answer.failures())
                .containsExactly(
                        new LayerFailure(
                                "", "MissingLayerDigest", "Invalid request parameters: layer digest cannot be null"),
                        new LayerFailure("nonsense", "InvalidLayerDigest", regex),
                        new LayerFailure("sha256:xyz", "InvalidLayerDigest", regex));
    }

    @Test
    void an_absent_repository_is_told() {
        assertThat(refusal(
                        () -> world.call(check, new BatchCheckLayerAvailability.Input(null, OTHER, List.of(DIGEST)))))
                .isEqualTo(World.absent(OTHER));
    }

    @Test
    void another_accounts_layers_are_not_told() {
        assertThat(refusal(() ->
                        world.call(check, new BatchCheckLayerAvailability.Input(World.STRANGER, APP, List.of(DIGEST)))))
                .isEqualTo(World.denied("BatchCheckLayerAvailability", APP));
    }

    private static Layer unavailable(String digest) {
        return new Layer(digest, "UNAVAILABLE", null, null);
    }

    private BatchCheckLayerAvailability.Output check(String... digests) {
        return world.call(check, new BatchCheckLayerAvailability.Input(null, APP, List.of(digests)));
    }
}
