package entrepot.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.config.Config;
import entrepot.domain.Digest;
import entrepot.folder.DataFolder;
import entrepot.store.TestStores;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.EcrException;

/// The bucket cannot be reached, or is not what it should be.
class BucketAwayTest {

    private static final byte[] LAYER = new byte[200_000];

    @TempDir
    Path folder;

    @Test
    void what_needs_bytes_cannot_now_and_is_well_again_after() throws Exception {
        try (var line = TestStores.lineToBucket();
                var server = RunningServer.start(folder.resolve("data"), TestStores.bucket(folder, line))) {
            server.ecr().createRepository(r -> r.repositoryName("app"));
            var digest = server.push("app", LAYER);
            var upload = server.ecr()
                    .initiateLayerUpload(r -> r.repositoryName("app"))
                    .uploadId();
            line.cut();

            assertComesAgain(server.get("/v2/app/blobs/" + digest));
            assertComesAgain(server.send("POST", "/v2/app/blobs/uploads/?digest=" + digest, LAYER));
            assertThatThrownBy(() -> part(once(server), upload)).isInstanceOfSatisfying(EcrException.class, e -> {
                assertThat(e.statusCode()).isEqualTo(503);
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ServerException");
            });
            assertThat(server.get("/v2/app/tags/list").statusCode()).isEqualTo(200);

            line.mend();
            var end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
            while (server.get("/v2/app/blobs/" + digest).statusCode() == 503 && System.nanoTime() < end) {
                Thread.sleep(50);
            }
            assertThat(server.get("/v2/app/blobs/" + digest).statusCode()).isEqualTo(200);
            part(server.ecr(), upload);
            server.ecr()
                    .completeLayerUpload(
                            r -> r.repositoryName("app").uploadId(upload).layerDigests(otherDigest()));
            assertThat(server.get("/v2/app/blobs/" + otherDigest()).statusCode())
                    .isEqualTo(200);
        }
    }

    private static String otherDigest() {
        return Digest.of(
                        Digest.Algorithm.SHA256,
                        Digest.Algorithm.SHA256.newComputation().digest(new byte[100_000]))
                .toString();
    }

    private static void part(EcrClient ecr, String upload) {
        ecr.uploadLayerPart(r -> r.repositoryName("app")
                .uploadId(upload)
                .partFirstByte(0L)
                .partLastByte(99_999L)
                .layerPartBlob(SdkBytes.fromByteArray(new byte[100_000])));
    }

    @Test
    void a_server_that_starts_before_its_bucket_serves_when_that_is_there() throws Exception {
        try (var line = TestStores.lineToBucket()) {
            line.cut();
            try (var own = DataFolder.own(folder.resolve("data"), Instant.now());
                    var server = Server.start(config(TestStores.bucket(folder, line)), own)) {
                assertThat(status(server, "/healthz")).isEqualTo(200);
                assertThat(status(server, "/v2/")).isEqualTo(503);

                line.mend();
                var end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
                while (status(server, "/v2/") == 503 && System.nanoTime() < end) {
                    Thread.sleep(50);
                }
                assertThat(status(server, "/v2/")).isEqualTo(401);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "blobs.bucket, no-such-bucket, blobs.bucket: there is no bucket no-such-bucket",
        "blobs.access-key-id, somebody-else, blobs.access-key-id: S3 does not know it",
    })
    void what_is_wrong_with_it_is_said_at_the_start(String key, String value, String message) throws IOException {
        var settings = new HashMap<>(TestStores.bucket(folder));
        settings.put(key, value);

        assertRefused(settings, message);
    }

    @Test
    void a_wrong_secret_is_said_by_the_key_that_names_it() throws IOException {
        var settings = new HashMap<>(TestStores.bucket(folder));
        Files.writeString(Path.of(settings.get("blobs.secret-access-key-file")), "not-the-secret");

        assertRefused(settings, "blobs.secret-access-key-file: it is not the secret of blobs.access-key-id");
    }

    private void assertRefused(Map<String, String> settings, String message) throws IOException {
        try (var own = DataFolder.own(folder.resolve("data"), Instant.now())) {
            assertThatThrownBy(() -> Server.start(config(settings), own))
                    .isInstanceOf(IOException.class)
                    .hasMessage(message);
        }
    }

    private Config config(Map<String, String> settings) throws IOException {
        var all = new HashMap<>(settings);
        all.putAll(Map.of("data", folder.resolve("data").toString(), "port", "0"));
        return Config.load(all, Map.of(), null);
    }

    private static int status(Server server, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    private static EcrClient once(RunningServer server) throws IOException {
        return server.client()
                .overrideConfiguration(c -> c.retryStrategy(s -> s.maxAttempts(1)))
                .build();
    }

    private static void assertComesAgain(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }
}
