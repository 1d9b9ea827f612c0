package entrepot.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A whole server that pulls through a registry which answers what it was not asked for.
class PoisonedPullsTest {

    private static final String OCI = Manifests.OCI;

    @TempDir
    Path data;

    private ForeignRegistry upstream;
    private RunningServer server;

    @BeforeEach
    void start_both() throws IOException {
        upstream = new ForeignRegistry();
        server = RunningServer.start(
                data.resolve("server"),
                Map.of("pull-through.allowed", upstream.host(), "limits.layer-bytes", "1000000"));
        server.ecr()
                .createPullThroughCacheRule(r -> r.ecrRepositoryPrefix("hub").upstreamRegistryUrl(upstream.host()));
    }

    @AfterEach
    void close_both() throws IOException {
        server.close();
        upstream.close();
    }

    private byte[] bytes(String path) throws IOException {
        try (var stream = server.stream(path)) {
            return stream.readAllBytes();
        }
    }

    @Test
    @Timeout(60)
    void a_poisoned_answer_is_never_stored_nor_given_out_whole() throws Exception {
        var image = upstream.image("app", "a", 1, 100_000, "v1");
        var digest = image.digests().getFirst();
        upstream.answer(
                "/v2/app/blobs/" + digest,
                ForeignRegistry.bytes("application/octet-stream", digest, new byte[100_000]));
        server.get("/v2/hub/app/manifests/v1");

        assertThat(isWhole("/v2/hub/app/blobs/" + digest)).isFalse();
        assertThat(server.ecr()
                        .batchCheckLayerAvailability(
                                r -> r.repositoryName("hub/app").layerDigests(digest))
                        .layers()
                        .getFirst()
                        .layerAvailabilityAsString())
                .isEqualTo("UNAVAILABLE");
        upstream.blob("app", image.blobs().getFirst());
        while (!isWhole("/v2/hub/app/blobs/" + digest)) { // a fetch of the import's may still have the other answer
            Thread.sleep(20);
        }
        assertThat(Manifests.digest(bytes("/v2/hub/app/blobs/" + digest))).isEqualTo(digest);
    }

    @Test
    void whatever_else_comes_in_a_layers_place_is_no_layer_and_the_next_pull_has_it() throws IOException {
        var image = upstream.image("app", "a", 1, 100_000, "v1");
        var digest = image.digests().getFirst();
        var whole = image.blobs().getFirst();
        server.ecr().createRepository(r -> r.repositoryName("hub/app"));
        for (var answer : List.<ForeignRegistry.Answer>of(
                ForeignRegistry.bytes("text/html", "", "<html>log in</html>".getBytes(UTF_8)),
                ForeignRegistry.bytes("application/json", "", "{\"errors\":[{\"code\":\"DENIED\"}]}".getBytes(UTF_8)),
                ForeignRegistry.bytes("application/octet-stream", digest, Arrays.copyOf(whole, whole.length + 1)),
                ForeignRegistry.encoded("gzip", whole),
                ForeignRegistry.cut(whole),
                ForeignRegistry.endless(),
                ForeignRegistry.status(401),
                ForeignRegistry.redirect("/v2/app/blobs/" + digest),
                ForeignRegistry.redirect("http://169.254.169.254/latest/meta-data"))) {
            upstream.answer("/v2/app/blobs/" + digest, answer);
            assertThat(isWhole("/v2/hub/app/blobs/" + digest)).isFalse();
        }
        upstream.blob("app", whole);
        assertThat(bytes("/v2/hub/app/blobs/" + digest)).isEqualTo(whole);
    }

    private boolean isWhole(String path) {
        try (var stream = server.stream(path)) {
            return stream.readAllBytes().length > 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void a_manifest_that_is_none_is_not_taken() {
        var good = upstream.image("app", "a", 1, 1_000);
        for (var answer : List.<ForeignRegistry.Answer>of(
                ForeignRegistry.bytes("text/html", "", "<html></html>".getBytes(UTF_8)),
                ForeignRegistry.bytes(OCI, good.digest(), "{}".getBytes(UTF_8)),
                ForeignRegistry.bytes(OCI, good.digest(), "{\"schemaVersion\":2}".getBytes(UTF_8)),
                ForeignRegistry.bytes(OCI, "", new byte[5 << 20]),
                ForeignRegistry.bytes(OCI, "", "{\"errors\":[{\"code\":\"UNKNOWN\"}]}".getBytes(UTF_8)))) {
            upstream.answer("/v2/app/manifests/v1", answer);
            assertThat(server.get("/v2/hub/app/manifests/v1").statusCode()).isEqualTo(503);
        }
        assertThat(server.ecr().describeRepositories().repositories()).isEmpty();
    }
}
