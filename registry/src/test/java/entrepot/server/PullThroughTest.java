package entrepot.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;

/// A whole server that pulls through another registry.
class PullThroughTest {

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
                Map.of("pull-through.allowed", upstream.host(), "pull-through.check-every", "1h"));
        server.ecr()
                .createPullThroughCacheRule(r -> r.ecrRepositoryPrefix("hub").upstreamRegistryUrl(upstream.host()));
    }

    @AfterEach
    void close_both() throws IOException {
        server.close();
        upstream.close();
    }

    @Test
    void a_cold_image_is_pulled_and_then_is_here() {
        var image = upstream.image("team/app", "a", 2, 3_000, "v1");

        var manifest = server.get("/v2/hub/team/app/manifests/v1");

        assertThat(manifest.statusCode()).isEqualTo(200);
        assertThat(manifest.body()).isEqualTo(image.text());
        assertThat(manifest.headers().firstValue("Docker-Content-Digest")).contains(image.digest());
        for (var digest : image.digests()) {
            assertThat(server.get("/v2/hub/team/app/blobs/" + digest).statusCode())
                    .isEqualTo(200);
        }
        awaitTag("hub/team/app", "v1");
        upstream.answerAll(ForeignRegistry.status(500));
        assertThat(server.get("/v2/hub/team/app/manifests/v1").body()).isEqualTo(image.text());
        assertThat(server.get("/v2/hub/team/app/blobs/" + image.digests().getFirst())
                        .statusCode())
                .isEqualTo(200);
        assertThat(upstream.asked("GET", "/v2/team/app/manifests/v1")).isEqualTo(1);
        image.digests()
                .forEach(digest -> assertThat(upstream.asked("GET", "/v2/team/app/blobs/" + digest))
                        .isEqualTo(1));
    }

    @Test
    void all_clients_of_a_cold_image_get_it_and_the_other_registry_gives_each_layer_once() throws Exception {
        var image = upstream.image("app", "a", 10, 200_000, "v1");
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var pulls = IntStream.range(0, 64)
                    .mapToObj(_ -> clients.submit(() -> pull("hub/app", "v1", image)))
                    .toList();
            for (var pull : pulls) {
                pull.get();
            }
        }
        assertThat(upstream.asked("GET", "/v2/app/manifests/v1")).isEqualTo(1);
        image.digests()
                .forEach(digest -> assertThat(upstream.asked("GET", "/v2/app/blobs/" + digest))
                        .isEqualTo(1));
    }

    private String pull(String repository, String tag, ForeignRegistry.Image image) {
        var manifest = server.get("/v2/%s/manifests/%s".formatted(repository, tag));
        assertThat(manifest.body()).isEqualTo(image.text());
        for (var digest : image.digests()) {
            var blob = bytes("/v2/%s/blobs/%s".formatted(repository, digest));
            assertThat(Manifests.digest(blob)).isEqualTo(digest);
        }
        return repository;
    }

    private byte[] bytes(String path, String... headers) {
        try (var stream = server.stream(path, headers)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }

    @Test
    void a_client_gets_bytes_before_the_last_one_has_come() throws Exception {
        var image = upstream.image("app", "a", 1, 400_000, "v1");
        var digest = image.digests().getFirst();
        var whole = image.blobs().getFirst();
        var latch = new CountDownLatch(1);
        upstream.answer("/v2/app/blobs/" + digest, ForeignRegistry.slowly(whole, latch));
        server.get("/v2/hub/app/manifests/v1");

        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<byte[]> all = clients.submit(() -> bytes("/v2/hub/app/blobs/" + digest));
            try (var stream = server.stream("/v2/hub/app/blobs/" + digest)) {
                assertThat(stream.readNBytes(150_000)).isEqualTo(Arrays.copyOf(whole, 150_000));
            } // and leaves
            latch.countDown();
            assertThat(all.get()).isEqualTo(whole);
        }
        assertThat(upstream.asked("GET", "/v2/app/blobs/" + digest)).isEqualTo(1);
        awaitTag("hub/app", "v1");
    }

    @Test
    void part_of_a_layer_in_flight_is_whole_when_the_layer_is_verified() throws Exception {
        var image = upstream.image("app", "a", 1, 400_000, "v1");
        var digest = image.digests().getFirst();
        var whole = image.blobs().getFirst();
        var latch = new CountDownLatch(1);
        upstream.answer("/v2/app/blobs/" + digest, ForeignRegistry.slowly(whole, latch));
        server.get("/v2/hub/app/manifests/v1");

        try (var stream = server.stream("/v2/hub/app/blobs/" + digest, "Range", "bytes=1000-180999")) {
            assertThat(stream.readNBytes(100_000)).isEqualTo(Arrays.copyOfRange(whole, 1_000, 101_000));
            latch.countDown();
            assertThat(stream.readNBytes(80_000)).isEqualTo(Arrays.copyOfRange(whole, 101_000, 181_000));
            assertThat(stream.read()).isEqualTo(-1);
        }
    }

    @Test
    void an_index_is_answered_at_once_and_comes_with_all_its_images() {
        var one = upstream.image("app", "one", 1, 1_000);
        var two = upstream.image("app", "two", 1, 1_000);
        var index = "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s,%s]}"
                .formatted(
                        Manifests.OCI_INDEX,
                        Manifests.descriptor(OCI, one.digest(), one.text().length()),
                        Manifests.descriptor(OCI, two.digest(), two.text().length()));
        upstream.manifest("app", Manifests.OCI_INDEX, index, "v1");

        assertThat(server.get("/v2/hub/app/manifests/v1").body()).isEqualTo(index);
        assertThat(server.get("/v2/hub/app/manifests/" + two.digest()).body()).isEqualTo(two.text());
        awaitTag("hub/app", "v1");
        upstream.answerAll(ForeignRegistry.status(500));
        assertThat(server.get("/v2/hub/app/manifests/" + one.digest()).body()).isEqualTo(one.text());
        assertThat(server.get("/v2/hub/app/blobs/" + one.digests().getFirst()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void what_the_other_registry_has_not_is_not_there_and_makes_no_repository() {
        var missing = server.get("/v2/hub/none/manifests/v1");

        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).contains("NAME_UNKNOWN");
        assertThat(server.ecr().describeRepositories().repositories()).isEmpty();
        assertThat(server.get("/v2/other/app/manifests/v1").statusCode()).isEqualTo(404);
        assertThat(upstream.asked("GET", "/v2/app/manifests/v1")).isZero();
    }

    @Test
    void failures_of_the_other_registry_are_told_as_what_they_are() {
        upstream.image("app", "a", 1, 1_000, "v1");
        failsWith(ForeignRegistry.status(503), 503, "UNAVAILABLE", ImageFailureCode.UPSTREAM_UNAVAILABLE);
        failsWith(ForeignRegistry.status(429), 429, "TOOMANYREQUESTS", ImageFailureCode.UPSTREAM_TOO_MANY_REQUESTS);
        failsWith(ForeignRegistry.status(403), 403, "DENIED", ImageFailureCode.UPSTREAM_ACCESS_DENIED);
        failsWith(ForeignRegistry.status(401), 403, "DENIED", ImageFailureCode.UPSTREAM_ACCESS_DENIED);
        assertThat(server.ecr().describeRepositories().repositories()).isEmpty();
        upstream.answerAll(null);
        assertThat(server.get("/v2/hub/app/manifests/v1").statusCode()).isEqualTo(200);
    }

    private void failsWith(ForeignRegistry.Answer answer, int status, String code, ImageFailureCode failure) {
        upstream.answerAll(answer);
        var refused = server.get("/v2/hub/app/manifests/v1");
        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(refused.body()).contains("\"" + code + "\"");
        var failures = server.ecr()
                .batchGetImage(r -> r.repositoryName("hub/app")
                        .imageIds(ImageIdentifier.builder().imageTag("v1").build()))
                .failures();
        assertThat(failures).hasSize(1).allMatch(each -> each.failureCode() == failure);
    }

    @Test
    void the_last_good_copy_is_answered_where_the_other_registry_fails() throws IOException {
        var image = upstream.image("app", "a", 1, 1_000, "v1");
        restart(Map.of("pull-through.check-every", "1s"));
        server.get("/v2/hub/app/manifests/v1");
        awaitTag("hub/app", "v1");
        upstream.answerAll(ForeignRegistry.status(503));
        awaitDue();

        assertThat(server.get("/v2/hub/app/manifests/v1").body()).isEqualTo(image.text());
        upstream.answerAll(ForeignRegistry::absent);
        assertThat(server.get("/v2/hub/app/manifests/v1").body()).isEqualTo(image.text());
    }

    @Test
    void a_tag_is_what_it_is_there_by_now_when_it_is_asked_for_again() throws IOException {
        upstream.image("app", "a", 1, 1_000, "v1");
        restart(Map.of("pull-through.check-every", "1s"));
        server.get("/v2/hub/app/manifests/v1");
        awaitTag("hub/app", "v1");
        var newer = upstream.image("app", "b", 1, 1_000, "v1");
        awaitDue();

        assertThat(server.get("/v2/hub/app/manifests/v1").body()).isEqualTo(newer.text());
        assertThat(server.get("/v2/hub/app/manifests/v1").body()).isEqualTo(newer.text());
        await(() -> server.ecr()
                .describeImages(r -> r.repositoryName("hub/app")
                        .imageIds(ImageIdentifier.builder().imageTag("v1").build()))
                .imageDetails()
                .getFirst()
                .imageDigest()
                .equals(newer.digest()));
    }

    @Test
    void a_tag_is_asked_for_once_in_a_while_only() {
        upstream.image("app", "a", 1, 1_000, "v1");
        server.get("/v2/hub/app/manifests/v1");
        awaitTag("hub/app", "v1");
        var before = upstream.askedAtAll();
        IntStream.range(0, 20).forEach(_ -> server.send("HEAD", "/v2/hub/app/manifests/v1", new byte[0]));

        assertThat(upstream.askedAtAll()).isEqualTo(before);
    }

    private void awaitDue() {
        var due = Instant.now().plus(Duration.ofMillis(1_100));
        await(() -> Instant.now().isAfter(due));
    }

    private void restart(Map<String, String> settings) throws IOException {
        server.close();
        var all = new java.util.HashMap<>(settings);
        all.put("pull-through.allowed", upstream.host());
        server = RunningServer.start(data.resolve("server"), all);
    }

    @Test
    void a_layer_whose_manifest_is_still_to_come_is_given_out_as_ecr_would_too() throws IOException {
        var image = upstream.image("app", "a", 2, 3_000, "v1");
        var layer = "/v2/hub/app/blobs/" + image.digests().getFirst();
        upstream.answer("/v2/app/blobs/" + image.digests().getLast(), ForeignRegistry.status(500));
        restart(Map.of("compat", "ecr"));
        server.get("/v2/hub/app/manifests/v1");

        for (int i = 0; i < 2; i++) { // from there, and from here
            var answer = server.get(layer);
            assertThat(answer.statusCode()).isEqualTo(307);
            var link = URI.create(answer.headers().firstValue("Location").orElseThrow());
            assertThat(server.anonymous(link.getRawPath() + "?" + link.getRawQuery())
                            .statusCode())
                    .isEqualTo(200);
            await(() -> server.send("HEAD", layer, new byte[0]).statusCode() == 200);
        }
    }

    @Test
    void the_layers_of_a_cold_image_are_had_by_ecrs_links() {
        var image = upstream.image("app", "a", 1, 100_000, "v1");
        server.get("/v2/hub/app/manifests/v1");
        var digest = image.digests().getFirst();

        var link = server.ecr()
                .getDownloadUrlForLayer(r -> r.repositoryName("hub/app").layerDigest(digest));

        var path = link.downloadUrl().substring(server.url("").toString().length());
        assertThat(Manifests.digest(bytes(path))).isEqualTo(digest);
    }

    @Test
    void what_is_about_an_image_comes_with_the_first_question_for_it() {
        var image = upstream.image("app", "a", 1, 1_000, "v1");
        server.get("/v2/hub/app/manifests/v1");
        awaitTag("hub/app", "v1");
        var config = "{}".getBytes(UTF_8);
        upstream.blob("app", config);
        var about = "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[],\"subject\":%s}"
                .formatted(
                        OCI,
                        Manifests.descriptor("application/vnd.example.sbom", Manifests.digest(config), 2),
                        Manifests.descriptor(OCI, image.digest(), image.text().length()));
        var referrer = upstream.manifest("app", OCI, about);
        var list = "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
                .formatted(Manifests.OCI_INDEX, Manifests.descriptor(OCI, referrer, about.length()));
        var path = "/v2/app/referrers/" + image.digest();
        upstream.answer(path, ForeignRegistry.bytes(Manifests.OCI_INDEX, "", list.getBytes(UTF_8)));

        for (int i = 0; i < 3; i++) {
            assertThat(server.get("/v2/hub/app/referrers/" + image.digest()).body())
                    .contains(referrer);
        }
        assertThat(upstream.asked("GET", path)).isEqualTo(1);
    }

    @Test
    void a_push_beside_the_cache_is_what_it_is() {
        server.ecr().createRepository(r -> r.repositoryName("hub/own"));
        server.push("hub/own", Manifests.CONFIG);
        server.push("hub/own", Manifests.LAYER);
        assertThat(server.send("HEAD", "/v2/hub/own/blobs/" + Manifests.ABSENT, new byte[0])
                        .statusCode())
                .isEqualTo(404);
        var pushed = server.send(
                "PUT", "/v2/hub/own/manifests/v1", Manifests.image(OCI).getBytes(UTF_8), "Content-Type", OCI);
        assertThat(pushed.statusCode()).isEqualTo(201);
        upstream.answerAll(ForeignRegistry.status(503));
        assertThat(server.get("/v2/hub/own/manifests/v1").body()).isEqualTo(Manifests.image(OCI));
    }

    private void awaitTag(String repository, String tag) {
        await(() -> server.ecr().listImages(r -> r.repositoryName(repository)).imageIds().stream()
                .anyMatch(id -> tag.equals(id.imageTag())));
    }

    private interface Condition {
        boolean isSo();
    }

    private static void await(Condition condition) {
        var end = Instant.now().plusSeconds(120);
        while (!condition.isSo()) {
            assertThat(Instant.now()).isBefore(end);
            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
        }
    }
}
