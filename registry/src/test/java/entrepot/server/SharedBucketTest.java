package entrepot.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Digest;
import entrepot.store.TestStores;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ecr.model.EncryptionType;

/// Two servers, one database, one bucket.
class SharedBucketTest {

    private static final byte[] LAYER = random(9_000_000);
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    private final Map<String, String> settings = new HashMap<>();
    private RunningServer a;
    private RunningServer b;

    @BeforeEach
    void start_two() throws IOException {
        settings.putAll(TestStores.database(folder));
        settings.putAll(TestStores.bucket(folder));
        a = start("a");
        Files.createDirectories(folder.resolve("b"));
        Files.copy(folder.resolve("a/credentials"), folder.resolve("b/credentials"));
        b = start("b");
        a.ecr().createRepository(r -> r.repositoryName("app"));
    }

    private RunningServer start(String name) throws IOException {
        return RunningServer.start(folder.resolve(name), settings);
    }

    @AfterEach
    void stop_both() throws IOException {
        a.close();
        b.close();
    }

    @Test
    void a_folder_holds_no_blobs() {
        a.push("app", LAYER);

        assertThat(folder.resolve("a/blobs")).doesNotExist();
    }

    @Test
    void a_layer_that_one_took_the_other_gives() throws Exception {
        var digest = a.push("app", LAYER);

        assertThat(bytes(b, "/v2/app/blobs/" + digest)).isEqualTo(LAYER);
        assertThat(range(b, "/v2/app/blobs/" + digest, "bytes=8388600-8388620").body())
                .isEqualTo(Arrays.copyOfRange(LAYER, 8_388_600, 8_388_621));
    }

    /// In steps of all sizes, each at the other node.
    @Test
    void an_upload_goes_on_at_the_other_one() throws Exception {
        var begun = location(a, "app");
        var end = 0;
        for (var step : List.of(100, 70_000, 8_300_000, 50_000, LAYER.length - 8_420_100)) {
            var node = end % 200 == 0 ? b : a;
            var bytes = Arrays.copyOfRange(LAYER, end, end + step);
            end += step;
            var answer = node.send("PATCH", begun, bytes);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            assertThat(status(a, begun)).isEqualTo("0-" + (end - 1));
            assertThat(status(b, begun)).isEqualTo("0-" + (end - 1));
        }
        assertCompletes(b, begun);
    }

    @Test
    void an_upload_goes_on_when_the_node_that_took_it_is_gone() throws Exception {
        var begun = location(a, "app");
        assertThat(a.send("PATCH", begun, Arrays.copyOf(LAYER, 100_001)).statusCode())
                .isEqualTo(202);
        a.close();

        assertThat(status(b, begun)).isEqualTo("0-100000");
        assertThat(b.send("PATCH", begun, Arrays.copyOfRange(LAYER, 100_001, LAYER.length))
                        .statusCode())
                .isEqualTo(202);
        assertCompletes(b, begun);
        a = start("a");
    }

    @Test
    void the_same_over_the_other_door() throws Exception {
        var upload = a.ecr().initiateLayerUpload(r -> r.repositoryName("app")).uploadId();
        var first = 0;
        for (var end : List.of(5 * MIB, LAYER.length)) {
            var node = first == 0 ? a : b;
            var from = first;
            node.ecr()
                    .uploadLayerPart(r -> r.repositoryName("app")
                            .uploadId(upload)
                            .partFirstByte((long) from)
                            .partLastByte(end - 1L)
                            .layerPartBlob(SdkBytes.fromByteArray(Arrays.copyOfRange(LAYER, from, end))));
            first = end;
        }
        var digest = Digest.of(Digest.Algorithm.SHA256, sha256(LAYER)).toString();
        a.ecr()
                .completeLayerUpload(
                        r -> r.repositoryName("app").uploadId(upload).layerDigests(digest));

        assertThat(bytes(b, "/v2/app/blobs/" + digest)).isEqualTo(LAYER);
    }

    @Test
    void a_wrong_digest_is_refused_wherever_it_is_asked_for_and_the_upload_stays() throws Exception {
        var begun = location(a, "app");
        var half = LAYER.length / 2;
        a.send("PATCH", begun, Arrays.copyOf(LAYER, half));
        b.send("PATCH", begun, Arrays.copyOfRange(LAYER, half, LAYER.length));

        var wrong = b.send("PUT", begun + "?digest=sha256:" + "0".repeat(64), new byte[0]);
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("BLOB_UPLOAD_INVALID");
        assertCompletes(a, begun);
    }

    @Test
    void layers_of_a_key_lie_sealed_in_the_bucket_and_go_on_at_the_other_node() throws Exception {
        a.ecr()
                .createRepository(r ->
                        r.repositoryName("sealed").encryptionConfiguration(e -> e.encryptionType(EncryptionType.KMS)));
        var marked = "a marker that nobody else would write ".repeat(60_000).getBytes(UTF_8);
        var begun = location(a, "sealed");
        assertThat(a.send("PATCH", begun, Arrays.copyOf(marked, 100_000)).statusCode())
                .isEqualTo(202);
        assertThat(b.send("PATCH", begun, Arrays.copyOfRange(marked, 100_000, 100_050))
                        .statusCode())
                .isEqualTo(202);
        assertThat(a.send("PATCH", begun, Arrays.copyOfRange(marked, 100_050, marked.length))
                        .statusCode())
                .isEqualTo(202);
        var digest = Digest.of(Digest.Algorithm.SHA256, sha256(marked));
        assertThat(b.send("PUT", begun + "?digest=" + digest, new byte[0]).statusCode())
                .isEqualTo(201);

        assertThat(bytes(a, "/v2/sealed/blobs/" + digest)).isEqualTo(marked);
    }

    @Test
    void clients_are_sent_to_the_bucket_where_it_is_told_so() throws Exception {
        var small = random(1000);
        var digest = a.push("app", small);
        b.close();
        settings.put("blobs.redirect", "true");
        b = start("b");

        var sent = b.get("/v2/app/blobs/" + digest);
        assertThat(sent.statusCode()).isEqualTo(307);
        assertThat(sent.headers().firstValue("Docker-Content-Digest")).contains(digest.toString());
        var address = sent.headers().firstValue("Location").orElseThrow();
        assertThat(address).contains("X-Amz-Expires=900");
        assertThat(fetched(address)).isEqualTo(small);
        assertThat(b.send("HEAD", "/v2/app/blobs/" + digest, new byte[0]).statusCode())
                .isEqualTo(200);
        var url = b.ecr()
                .getDownloadUrlForLayer(r -> r.repositoryName("app").layerDigest(digest.toString()))
                .downloadUrl();
        assertThat(url).contains("X-Amz-Expires=900");
        assertThat(fetched(url)).isEqualTo(small);
    }

    @Test
    void nobody_is_sent_to_sealed_bytes() throws Exception {
        b.close();
        settings.put("blobs.redirect", "true");
        b = start("b");
        b.ecr()
                .createRepository(r ->
                        r.repositoryName("sealed").encryptionConfiguration(e -> e.encryptionType(EncryptionType.KMS)));
        var digest = b.push("sealed", random(1000));

        assertThat(bytes(b, "/v2/sealed/blobs/" + digest)).isEqualTo(random(1000));
        assertThat(b.ecr()
                        .getDownloadUrlForLayer(r -> r.repositoryName("sealed").layerDigest(digest.toString()))
                        .downloadUrl())
                .startsWith("http://localhost:");
    }

    private void assertCompletes(RunningServer node, String begun) throws Exception {
        var digest = Digest.of(Digest.Algorithm.SHA256, sha256(LAYER));
        var answer = node.send("PUT", begun + "?digest=" + digest, new byte[0]);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(bytes(node, "/v2/app/blobs/" + digest)).isEqualTo(LAYER);
    }

    private static String location(RunningServer node, String repository) {
        return node.send("POST", "/v2/" + repository + "/blobs/uploads/", new byte[0])
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    private static String status(RunningServer node, String upload) {
        return node.get(upload).headers().firstValue("Range").orElse("");
    }

    private static byte[] bytes(RunningServer node, String path) throws Exception {
        var answer = range(node, path, "bytes=0-");
        assertThat(answer.statusCode()).isEqualTo(206);
        return answer.body();
    }

    private static HttpResponse<byte[]> range(RunningServer node, String path, String range) throws Exception {
        return sent(HttpRequest.newBuilder(node.url(path))
                .header("Authorization", "Basic " + node.login())
                .header("Range", range)
                .build());
    }

    private static byte[] fetched(String address) throws Exception {
        return sent(HttpRequest.newBuilder(URI.create(address)).build()).body();
    }

    private static HttpResponse<byte[]> sent(HttpRequest request) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    private static byte[] sha256(byte[] bytes) {
        return Digest.Algorithm.SHA256.newComputation().digest(bytes);
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
