package entrepot.operation.layer;

import static entrepot.operation.Images.LAYER;
import static entrepot.operation.Layers.sha256;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.KnownKeys;
import entrepot.auth.token.BlobLinks;
import entrepot.auth.token.ServerSecrets;
import entrepot.operation.Layers;
import entrepot.operation.PullThrough;
import entrepot.operation.World;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GetDownloadUrlForLayerTest {

    private static final String DIGEST = sha256(LAYER).toString();

    @AutoClose
    private final World world = World.withApp();

    private final GetDownloadUrlForLayer download = new GetDownloadUrlForLayer(
            world.metadata,
            world.vault,
            new BlobLinks(
                    new ServerSecrets(world.metadata, "links", Duration.ofHours(1), world.clock, new SecureRandom()),
                    new KnownKeys(world.metadata, world.clock),
                    Duration.ofHours(1)),
            world.clock,
            PullThrough.NONE);

    @Test
    void a_layer_has_a_link_of_an_hour_where_the_client_reaches_the_registry() {
        new Layers(world).push(APP, LAYER);

        var answer = world.call(download, new GetDownloadUrlForLayer.Input(null, APP, DIGEST));

        assertThat(answer.layerDigest()).isEqualTo(DIGEST);
        assertThat(answer.downloadUrl())
                .startsWith("http://localhost:5000/v2-layers/app/" + DIGEST + "?")
                .contains("X-Amz-Expires=3600");
        assertThat(answer).asString().doesNotContain("X-Amz-Signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256:abc", "nonsense", "", "md5:d41d8cd98f00b204e9800998ecf8427e"})
    void what_is_no_layer_has_no_link(String digest) {
        assertThat(refusal(() -> world.call(download, new GetDownloadUrlForLayer.Input(null, APP, digest))))
                .isEqualTo("LayersNotFoundException: The layer with digest '" + digest + "' does not exist within the"
                        + " repository with name 'app' in the registry with id '123456789012'");
    }

    @Test
    void a_layer_of_another_repository_has_no_link_in_this_one() {
        world.create(OTHER);
        new Layers(world).push(OTHER, LAYER);

        assertThat(refusal(() -> world.call(download, new GetDownloadUrlForLayer.Input(null, APP, DIGEST))))
                .startsWith("LayersNotFoundException: The layer with digest '" + DIGEST + "'");
    }

    @Test
    void an_absent_repository_is_told() {
        assertThat(refusal(() -> world.call(download, new GetDownloadUrlForLayer.Input(null, OTHER, DIGEST))))
                .isEqualTo(World.absent(OTHER));
    }

    @Test
    void another_accounts_layers_have_no_link() {
        assertThat(refusal(() -> world.call(download, new GetDownloadUrlForLayer.Input(World.STRANGER, APP, DIGEST))))
                .isEqualTo(World.denied("GetDownloadUrlForLayer", APP));
    }
}
