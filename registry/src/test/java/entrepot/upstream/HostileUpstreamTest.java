package entrepot.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import entrepot.domain.Digest;
import entrepot.domain.Digest.Algorithm;
import entrepot.domain.ManifestBytes;
import entrepot.domain.Tag;
import entrepot.upstream.wire.Connections;
import entrepot.upstream.wire.FixedAnswers;
import entrepot.upstream.wire.Targets;
import entrepot.upstream.wire.Timing;
import entrepot.upstream.wire.Trust;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileUpstreamTest {

    private static final Tag LATEST = new Tag("latest");
    private static final Login SECRET = new Login.Password("joe", "s3cret");
    private static final String BASIC = "Basic am9lOnMzY3JldA==";
    private static final String MANIFEST = """
            {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json"}""";

    private static UpstreamRegistry of(FixedAnswers server, Login login, String... allowed) throws IOException {
        var targets = new Targets(allowed.length == 0 ? Set.of(server.host()) : Set.of(allowed));
        return new UpstreamRegistry(
                server.url(), login, new Connections(targets, Trust.with(null), Timing.USUAL), InstantSource.system());
    }

    private static UpstreamException failureOf(ThrowingCallable call) {
        return catchThrowableOfType(UpstreamException.class, call);
    }

    private static Failure manifestFrom(String answer) throws IOException {
        try (var server = FixedAnswers.of(answer)) {
            var registry = of(server, Login.ANONYMOUS);
            return failureOf(() -> registry.manifest("app", LATEST)).failure();
        }
    }

    private static String ok(String headers, String body) {
        return "HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n%s".formatted(headers, body.length(), body);
    }

    private static final String OCI = "Content-Type: application/vnd.oci.image.manifest.v1+json\r\n";

    @Test
    void takes_a_manifest_that_is_well() throws IOException {
        try (var server = FixedAnswers.of(ok(OCI, MANIFEST))) {
            var manifest = of(server, Login.ANONYMOUS).manifest("app", LATEST);
            assertThat(manifest.bytes().text()).isEqualTo(MANIFEST);
            assertThat(manifest.digest()).isEqualTo(manifest.bytes().digest(Algorithm.SHA256));
        }
    }

    @Test
    void takes_no_manifest_of_another_digest_or_type() throws IOException {
        var other = "Docker-Content-Digest: sha256:" + "0".repeat(64) + "\r\n";
        var list = "Content-Type: application/vnd.oci.image.index.v1+json\r\n";

        assertThat(manifestFrom(ok(OCI + other, MANIFEST))).isInstanceOf(Failure.Malformed.class);
        assertThat(manifestFrom(ok(OCI + "Docker-Content-Digest: x\r\n", MANIFEST)))
                .isInstanceOf(Failure.Malformed.class);
        assertThat(manifestFrom(ok(list, MANIFEST))).isInstanceOf(Failure.Malformed.class);
        assertThat(manifestFrom(ok("Content-Type: text/html\r\n", "<html>log in</html>")))
                .isInstanceOf(Failure.Malformed.class);
        assertThat(manifestFrom(ok("Content-Type: application/json\r\n", "{\"errors\": [{\"code\": \"DENIED\"}]}")))
                .isInstanceOf(Failure.Malformed.class);
        assertThat(manifestFrom(ok(OCI, "[".repeat(5_000)))).isInstanceOf(Failure.Malformed.class);
        assertThat(manifestFrom(ok(OCI + "Content-Encoding: gzip\r\n", MANIFEST)))
                .isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void a_digest_that_was_asked_for_is_verified_whatever_the_answer_says() throws IOException {
        var wanted = Digest.parse("sha256:" + "1".repeat(64));
        try (var server = FixedAnswers.of(ok(OCI + "Docker-Content-Digest: " + wanted + "\r\n", MANIFEST))) {
            var registry = of(server, Login.ANONYMOUS);
            assertThat(failureOf(() -> registry.manifest("app", wanted)).failure())
                    .isInstanceOf(Failure.Malformed.class);
        }
    }

    @Test
    void reads_no_manifest_above_4_MiB_nor_an_endless_one() throws IOException {
        assertThat(manifestFrom(OCI.isEmpty() ? "" : "HTTP/1.1 200 OK\r\n" + OCI + "Content-Length: 4194305\r\n\r\n"))
                .isInstanceOf(Failure.Malformed.class);
        try (var server = FixedAnswers.scripted((_, out) -> {
            out.write(("HTTP/1.1 200 OK\r\n" + OCI + "\r\n").getBytes(ISO_8859_1));
            while (true) {
                out.write(new byte[1 << 16]);
            }
        })) {
            var registry = of(server, Login.ANONYMOUS);
            assertThat(failureOf(() -> registry.manifest("app", LATEST)).failure())
                    .isInstanceOf(Failure.Malformed.class);
        }
    }

    @Test
    void sorts_what_goes_wrong() throws IOException {
        assertThat(manifestFrom("HTTP/1.1 404 Not Found\r\n\r\n")).isInstanceOf(Failure.NotFound.class);
        assertThat(manifestFrom("HTTP/1.1 403 Forbidden\r\n\r\n")).isInstanceOf(Failure.AccessDenied.class);
        assertThat(manifestFrom("HTTP/1.1 401 Unauthorized\r\n\r\n")).isInstanceOf(Failure.AccessDenied.class);
        assertThat(manifestFrom("HTTP/1.1 503 Away\r\n\r\n")).isInstanceOf(Failure.Unavailable.class);
        assertThat(manifestFrom("HTTP/1.1 429 Slow\r\nRetry-After: 7\r\n\r\n"))
                .isEqualTo(new Failure.TooManyRequests(Duration.ofSeconds(7)));
        assertThat(manifestFrom("HTTP/1.1 200 OK\r\n" + OCI + "Content-Length: 99\r\n\r\n" + MANIFEST))
                .isInstanceOf(Failure.Unavailable.class);
        assertThat(manifestFrom("\0\0\0\r\n\r\n")).isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void leaves_a_redirect_loop() throws IOException {
        try (var server = FixedAnswers.of("HTTP/1.1 307 There\r\nLocation: /v2/app/manifests/latest\r\n\r\n")) {
            var registry = of(server, Login.ANONYMOUS);
            assertThat(failureOf(() -> registry.manifest("app", LATEST)).failure())
                    .isInstanceOf(Failure.Malformed.class);
            assertThat(server.requests()).hasSize(6);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"file:///etc/passwd", "http://[::1]:1/", "http://169.254.169.254/", "http://10.0.0.1/", "", "::"
            })
    void is_led_nowhere_inside(String location) throws IOException {
        assertThat(manifestFrom("HTTP/1.1 302 There\r\nLocation: " + location + "\r\n\r\n"))
                .isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void sends_no_login_after_a_redirect() throws IOException {
        try (var other = FixedAnswers.of(ok(OCI, MANIFEST));
                var server = FixedAnswers.scripted((request, out) -> out.write((request.contains("Authorization")
                                ? "HTTP/1.1 307 There\r\nLocation: " + other.url("/blob") + "\r\n\r\n"
                                : "HTTP/1.1 401 Who\r\nWWW-Authenticate: Basic realm=x\r\n\r\n")
                        .getBytes(ISO_8859_1)))) {
            var registry = of(server, SECRET, server.host(), other.host());
            assertThat(registry.manifest("app", LATEST).bytes().text()).isEqualTo(MANIFEST);
            assertThat(server.requests().getLast()).contains(BASIC);
            assertThat(other.requests()).hasSize(1).noneMatch(request -> request.contains("uthorization"));
        }
    }

    @Test
    void is_not_led_to_another_server_of_this_machine() throws IOException {
        try (var other = FixedAnswers.of(ok(OCI, MANIFEST));
                var server = FixedAnswers.of(
                        "HTTP/1.1 307 There\r\nLocation: " + other.url("/v2/app/manifests/latest") + "\r\n\r\n")) {
            var registry = of(server, Login.ANONYMOUS);
            assertThat(failureOf(() -> registry.manifest("app", LATEST)).failure())
                    .isInstanceOf(Failure.Malformed.class);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void sends_no_login_to_a_realm_elsewhere() throws IOException {
        try (var other = FixedAnswers.of(ok("", "{\"token\": \"t\"}"));
                var server = FixedAnswers.of("HTTP/1.1 401 Who\r\nWWW-Authenticate: Bearer realm=\"http://localhost:"
                        + other.url().getPort() + "/token\",service=\"x\"\r\n\r\n")) {
            var registry = of(server, SECRET);
            assertThat(failureOf(() -> registry.manifest("app", LATEST)).failure())
                    .isInstanceOf(Failure.AccessDenied.class);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void asks_for_a_token_of_its_own_scope_whatever_the_challenge_says() throws IOException {
        try (var server = FixedAnswers.scripted(
                (request, out) -> out.write(bearer(request).getBytes(ISO_8859_1)))) {
            var registry = of(server, SECRET);
            assertThat(registry.manifest("team/app", LATEST).bytes().text()).isEqualTo(MANIFEST);
            assertThat(registry.manifest("team/app", LATEST).bytes().text()).isEqualTo(MANIFEST);

            assertThat(server.requests()).hasSize(4); // a challenge, a token, and two answers
            assertThat(server.requests().get(1))
                    .contains(BASIC)
                    .startsWith("GET /token?a=b&service=registry.x%26y&scope=repository%3Ateam%2Fapp%3Apull HTTP/1.1");
            assertThat(server.requests().subList(2, 4)).allMatch(request -> request.contains("Bearer t.o-k"));
        }
    }

    private static String bearer(String request) {
        if (request.startsWith("GET /token")) {
            return ok("", "{\"access_token\": \"t.o-k\", \"expires_in\": 300}");
        }
        return request.contains("Bearer t.o-k")
                ? ok(OCI, MANIFEST)
                : "HTTP/1.1 401 Who\r\nWWW-Authenticate: Bearer realm=\"/token?a=b\",service=\"registry.x&y\",scope=\"registry:catalog:*\"\r\n\r\n"
                        .replace("\"/token", "\"http://" + host(request) + "/token");
    }

    private static String host(String request) {
        var host = Pattern.compile("Host: (.*)\r").matcher(request);
        return host.find() ? host.group(1) : "";
    }

    @Test
    void a_login_that_is_not_taken_is_tried_once() throws IOException {
        try (var server = FixedAnswers.of("HTTP/1.1 401 Who\r\nWWW-Authenticate: Basic realm=x\r\n\r\n")) {
            var registry = of(server, SECRET);
            assertThat(failureOf(() -> registry.manifest("app", LATEST)).failure())
                    .isInstanceOf(Failure.AccessDenied.class);
            assertThat(server.requests()).hasSize(2);
            assertThat(failureOf(() -> registry.ping())).hasMessageNotContaining("s3cret");
        }
    }

    @Test
    void goes_on_where_a_blob_was_cut() throws IOException {
        var bytes = "0123456789".repeat(10_000).getBytes(UTF_8);
        var digest = new ManifestBytes(bytes).digest(Algorithm.SHA256);
        try (var server = FixedAnswers.scripted((request, out) -> cut(request, bytes, out))) {
            var registry = of(server, Login.ANONYMOUS);
            try (var blob = new VerifiedStream(registry.blob("app", digest, bytes.length, 0), digest)) {
                assertThat(blob.readAllBytes()).isEqualTo(bytes);
            }
            assertThat(server.requests()).hasSize(4);
            try (var blob = registry.blob("app", digest, bytes.length, 99_999)) {
                assertThat(blob.readAllBytes()).isEqualTo(new byte[] {'9'});
            }
        }
    }

    /// At most 30,000 bytes at a time.
    private static void cut(String request, byte[] bytes, OutputStream out) throws IOException {
        var range = Pattern.compile("Range: bytes=([0-9]+)-\r\n").matcher(request);
        var from = range.find() ? Integer.parseInt(range.group(1)) : 0;
        var head = from == 0
                ? "HTTP/1.1 200 OK\r\n"
                : "HTTP/1.1 206 Part\r\nContent-Range: bytes %d-%d/%d\r\n"
                        .formatted(from, bytes.length - 1, bytes.length);
        out.write((head + "Content-Length: " + (bytes.length - from) + "\r\n\r\n").getBytes(ISO_8859_1));
        out.write(bytes, from, Math.min(30_000, bytes.length - from));
    }

    @Test
    void goes_on_also_where_ranges_are_not_known() throws IOException {
        var tries = new AtomicInteger();
        try (var server = FixedAnswers.scripted((_, out) -> out.write(("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"
                        + "0123456789".substring(0, tries.incrementAndGet() < 3 ? 4 : 10))
                .getBytes(ISO_8859_1)))) {
            var registry = of(server, Login.ANONYMOUS);
            try (var blob = registry.blob("app", Digest.parse("sha256:" + "1".repeat(64)), 10, 0)) {
                assertThat(new String(blob.readAllBytes(), UTF_8)).isEqualTo("0123456789");
            }
        }
    }

    private static Failure blobFrom(String answer, int length) throws IOException {
        try (var server = FixedAnswers.of(answer)) {
            var registry = of(server, Login.ANONYMOUS);
            var digest = new ManifestBytes("hello".getBytes(UTF_8)).digest(Algorithm.SHA256);
            return failureOf(() -> {
                        try (var blob = new VerifiedStream(registry.blob("app", digest, length, 0), digest)) {
                            blob.readAllBytes();
                        }
                    })
                    .failure();
        }
    }

    @Test
    void takes_no_blob_of_another_length_or_digest() throws IOException {
        assertThat(blobFrom(ok("", "jello"), 5)).isInstanceOf(Failure.Malformed.class);
        assertThat(blobFrom(ok("", "hello!"), 5)).isInstanceOf(Failure.Malformed.class);
        assertThat(blobFrom(ok("", "hell"), 5)).isInstanceOf(Failure.Malformed.class);
        assertThat(blobFrom(ok("Content-Encoding: gzip\r\n", "hello"), 5)).isInstanceOf(Failure.Malformed.class);
        assertThat(blobFrom("HTTP/1.1 206 Part\r\nContent-Range: bytes 3-5/5\r\n\r\nlo", 5))
                .isInstanceOf(Failure.Malformed.class);
        assertThat(blobFrom("HTTP/1.1 404 Gone\r\n\r\n", 5)).isInstanceOf(Failure.NotFound.class);
        assertThat(blobFrom("HTTP/1.1 200 OK\r\n\r\nhell", 5)).isInstanceOf(Failure.Unavailable.class);
    }

    @Test
    void a_blob_without_a_length_ends_at_the_bound() throws IOException {
        try (var server = FixedAnswers.scripted((_, out) -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
            while (true) {
                out.write(new byte[1 << 16]);
            }
        })) {
            var registry = of(server, Login.ANONYMOUS);
            assertThat(failureOf(() -> {
                                try (var blob =
                                        registry.blob("app", Digest.parse("sha256:" + "1".repeat(64)), 1_000_000)) {
                                    blob.transferTo(OutputStream.nullOutputStream());
                                }
                            })
                            .failure())
                    .isInstanceOf(Failure.Malformed.class);
        }
    }

    @Test
    void lists_end() throws IOException {
        var page = ok("Link: </v2/app/tags/list?n=1&last=x>; rel=\"next\"\r\n", "{\"tags\": [\"a\", \"../b\", \"\"]}");
        var elsewhere = ok("Link: <http://evil.example.com/v2/>; rel=\"next\"\r\n", "{\"tags\": [\"a\"]}");
        try (var loop = FixedAnswers.of(page);
                var leaving = FixedAnswers.of(elsewhere)) {
            var registry = of(loop, Login.ANONYMOUS);
            var first = registry.tags("app", null);
            assertThat(first.items()).containsExactly(new Tag("a"));
            assertThat(failureOf(() -> registry.tags("app", first.next())).failure())
                    .isInstanceOf(Failure.Malformed.class);
            var other = of(leaving, Login.ANONYMOUS);
            assertThat(failureOf(() -> other.tags("app", null)).failure()).isInstanceOf(Failure.Malformed.class);
        }
    }

    @Test
    void asks_for_no_name_that_is_none() throws IOException {
        try (var server = FixedAnswers.of(ok(OCI, MANIFEST))) {
            var registry = of(server, Login.ANONYMOUS);
            for (var name : new String[] {"../x", "a/../b", "A", "a b", "", "a?b", "a//b", "a\r\nb"}) {
                assertThat(failureOf(() -> registry.manifest(name, LATEST)).failure())
                        .isInstanceOf(Failure.NotFound.class);
            }
            assertThat(server.requests()).isEmpty();
        }
    }
}
