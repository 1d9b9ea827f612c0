package entrepot.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What comes from another registry into an encrypted repository.
class PullThroughSealedTest {

    @TempDir
    Path data;

    @Test
    void a_layer_on_its_way_never_lies_bare() throws IOException {
        try (var upstream = new ForeignRegistry();
                var server = RunningServer.start(data, Map.of("pull-through.allowed", upstream.host()))) {
            var layer = upstream.image("app", "a", 1, 400_000, "v1");
            var digest = layer.digests().getFirst();
            server.ecr()
                    .createPullThroughCacheRule(
                            r -> r.ecrRepositoryPrefix("hub").upstreamRegistryUrl(upstream.host()));
            server.ecr()
                    .createRepository(
                            r -> r.repositoryName("hub/app").encryptionConfiguration(e -> e.encryptionType("KMS")));

            assertThat(server.get("/v2/hub/app/manifests/v1").statusCode()).isEqualTo(200);
            assertThat(server.get("/v2/hub/app/blobs/" + digest).statusCode()).isEqualTo(200);

            var begin = new String(layer.blobs().getFirst(), 0, 64, ISO_8859_1);
            try (var files = Files.walk(data.resolve("fetch"))) {
                assertThat(files.filter(Files::isRegularFile))
                        .isNotEmpty()
                        .allSatisfy(file ->
                                assertThat(Files.readString(file, ISO_8859_1)).doesNotContain(begin));
            }
        }
    }
}
