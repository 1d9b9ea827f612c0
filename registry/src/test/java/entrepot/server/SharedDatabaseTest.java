package entrepot.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.store.TestStores;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;

/// Two servers, one database, one folder of blobs.
class SharedDatabaseTest {

    private static final byte[] LAYER = "a layer of some bytes".getBytes(UTF_8);
    private static final byte[] CONFIG = "{}".getBytes(UTF_8);
    private static final String TYPE = "application/vnd.oci.image.manifest.v1+json";

    @TempDir
    Path folder;

    private Map<String, String> settings;
    private RunningServer a;
    private RunningServer b;

    @BeforeEach
    void start_two() throws IOException {
        settings = TestStores.database(folder);
        Files.createDirectories(folder.resolve("blobs"));
        a = start("a");
        Files.createDirectories(folder.resolve("b"));
        Files.copy(folder.resolve("a/credentials"), folder.resolve("b/credentials"));
        b = start("b");
        a.ecr().createRepository(r -> r.repositoryName("app"));
    }

    private RunningServer start(String name) throws IOException {
        var data = Files.createDirectories(folder.resolve(name));
        Files.createSymbolicLink(data.resolve("blobs"), folder.resolve("blobs"));
        return RunningServer.start(data, settings);
    }

    @AfterEach
    void stop_both() throws IOException {
        a.close();
        b.close();
    }

    @Test
    void a_folder_holds_what_is_the_nodes_own() throws IOException {
        try (var files = Files.list(folder.resolve("a"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .doesNotContain("metadata.db", "server.key")
                    .contains("credentials", "lock");
        }
    }

    @Test
    void what_one_acknowledged_the_other_answers() {
        for (int i = 0; i < 20; i++) {
            var tag = "v" + i;
            assertThat(push(a, tag).statusCode()).isEqualTo(201);
            assertThat(b.get("/v2/app/manifests/" + tag).body()).isEqualTo(manifest(tag));
        }
        assertThat(b.get("/v2/app/blobs/" + a.push("app", LAYER)).body()).isEqualTo(new String(LAYER, UTF_8));
        assertThat(b.ecr().listImages(r -> r.repositoryName("app")).imageIds()).hasSize(20);

        b.ecr()
                .batchDeleteImage(r -> r.repositoryName("app")
                        .imageIds(ImageIdentifier.builder().imageTag("v3").build()));

        assertThat(a.get("/v2/app/manifests/v3").statusCode()).isEqualTo(404);
    }

    @Test
    void an_upload_goes_on_at_the_other_one() {
        var begun = a.send("POST", "/v2/app/blobs/uploads/", new byte[0])
                .headers()
                .firstValue("Location")
                .orElseThrow();
        var digest = "sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";

        assertThat(b.send("PATCH", begun, "hel".getBytes(UTF_8)).statusCode()).isEqualTo(202);
        assertThat(a.send("PATCH", begun, "lo\n".getBytes(UTF_8)).statusCode()).isEqualTo(202);
        assertThat(b.send("PUT", begun + "?digest=" + digest, new byte[0]).statusCode())
                .isEqualTo(201);

        assertThat(a.get("/v2/app/blobs/" + digest).body()).isEqualTo("hello\n");
    }

    @Test
    void who_may_no_more_is_refused_by_the_other_one_soon() throws Exception {
        assertThat(b.get("/v2/app/tags/list").statusCode()).isEqualTo(200);
        var denial = """
                {"Version": "2012-10-17", "Statement": [
                    {"Effect": "Deny", "Principal": "*", "Action": "ecr:*"}]}""";

        a.ecr()
                .setRepositoryPolicy(
                        r -> r.repositoryName("app").policyText(denial).force(true));

        assertThat(a.get("/v2/app/tags/list").statusCode()).isEqualTo(403);
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (b.get("/v2/app/tags/list").statusCode() == 200 && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(b.get("/v2/app/tags/list").statusCode()).isEqualTo(403);
    }

    private static HttpResponse<String> push(RunningServer node, String tag) {
        node.push("app", CONFIG);
        return node.send("PUT", "/v2/app/manifests/" + tag, manifest(tag).getBytes(UTF_8), "Content-Type", TYPE);
    }

    private static String manifest(String tag) {
        return """
                {"schemaVersion": 2, "mediaType": "%s", "annotations": {"tag": "%s"}, "layers": [], "config":
                    {"mediaType": "application/vnd.oci.image.config.v1+json", "size": 2, "digest":
                    "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"}}""".formatted(TYPE, tag);
    }
}
