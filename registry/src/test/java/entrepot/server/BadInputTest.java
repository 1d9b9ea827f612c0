package entrepot.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Raw requests that no client should send, against a whole server.
@Timeout(120)
class BadInputTest {

    private static final String UPLOADS = "/v2/app/blobs/uploads/";
    private static final String ABSENT = "sha256:" + "0".repeat(64);

    @TempDir
    static Path data;

    private static RunningServer server;
    private static String blob;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.start(data, Map.of());
        server.ecr().createRepository(request -> request.repositoryName("app"));
        blob = server.push("app", "layer".getBytes(ISO_8859_1));
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    /// Sends the bytes and gives all that comes back until the server closes.
    private static String raw(String bytes) throws IOException {
        return raw(bytes, false);
    }

    /// @param cut says that no more bytes will come
    private static String raw(String bytes, boolean cut) throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), server.url("/").getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            if (cut) {
                socket.shutdownOutput();
            }
            var all = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(all);
            return all.toString(ISO_8859_1);
        }
    }

    /// The last request of its connection.
    private static String head(String method, String target, String... lines) {
        return kept(
                method,
                target,
                Stream.concat(Stream.of(lines), Stream.of("Connection: close")).toArray(String[]::new));
    }

    private static String kept(String method, String target, String... lines) {
        var all = String.join("\r\n", lines);
        return "%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic %s\r\n%s%s\r\n"
                .formatted(method, target, server.login(), all, all.isEmpty() ? "" : "\r\n");
    }

    private static String begun() {
        return server.send("POST", UPLOADS, new byte[0])
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    private static String digest(String text) {
        return new ManifestBytes(text.getBytes(ISO_8859_1))
                .digest(Digest.Algorithm.SHA256)
                .toString();
    }

    @Test
    void a_url_of_100_kilobytes_is_refused() throws IOException {
        assertThat(raw(head("GET", "/v2/" + "a".repeat(100_000) + "/tags/list")))
                .startsWith("HTTP/1.1 414 ");
        assertThat(raw(head("GET", "/v2/app/tags/list?last=" + "a".repeat(100_000))))
                .startsWith("HTTP/1.1 414 ");
    }

    @Test
    void thousands_of_tags_are_refused_or_bounded() throws IOException {
        assertThat(raw(head("PUT", "/v2/app/manifests/" + ABSENT + "?" + "tag=a&".repeat(20_000))))
                .startsWith("HTTP/1.1 414 ");
        assertThat(raw(head("PUT", "/v2/app/manifests/" + ABSENT + "?" + "tag=a&".repeat(2_500), "Content-Length: 2")
                        + "{}"))
                .startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/app%2Fx/manifests/v1",
                "/v2/%2e%2e/%2e%2e/etc/passwd",
                "/v2/app/%2e%2e/%2e%2e/manifests/v1",
                "/v2/app/blobs/sha256:..%2f..%2fcredentials",
                "/v2/app/manifests/..%2f..%2fcredentials",
                "/v2/app/manifests/v1%00",
                "/_blobs/..%2f..%2fcredentials",
                "/../credentials",
                "/v2/app/blobs/sha257:00",
                "/v2/app/blobs/:",
                "/v2/app/manifests/whirlpool:00",
            })
    void a_path_that_means_something_else_is_refused(String path) throws IOException {
        for (var method : new String[] {"GET", "HEAD", "DELETE", "PUT"}) {
            assertThat(raw(head(method, path))).as(method).containsPattern("^HTTP/1.1 4[0-9][0-9] ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=0-0,2-3",
                "bytes=99999999999999999999999-",
                "bytes=0-99999999999999999999999",
                "bytes=-99999999999999999999999",
                "bytes=-0",
                "bytes=5-4",
                "bytes=-",
                "bytes=a-b",
                "lines=0-1",
                "",
            })
    void a_range_of_any_form_gives_bytes_of_the_blob_or_none(String range) throws IOException {
        var answer = raw(head("GET", "/v2/app/blobs/" + blob, "Range: " + range));

        assertThat(answer).containsPattern("^HTTP/1.1 (200|206|416) ");
        assertThat("layer").as(answer).contains(answer.startsWith("HTTP/1.1 416") ? "" : bodyOf(answer));
    }

    private static String bodyOf(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 10", "Transfer-Encoding: chunked"})
    void a_body_that_is_cut_in_the_middle_completes_nothing(String framing) throws IOException {
        var location = begun();
        var body = framing.startsWith("T") ? "5\r\nlay" : "cutup";
        var whole = digest("cutup");

        assertThat(raw(head("PUT", location + "?digest=" + whole, framing) + body, true))
                .doesNotContain(" 201 ");
        assertThat(server.send("HEAD", "/v2/app/blobs/" + whole, new byte[0]).statusCode())
                .isEqualTo(404);
        assertThat(server.get(location).statusCode()).isEqualTo(204);
    }

    @Test
    void a_body_longer_than_announced_is_the_next_request_and_refused() throws IOException {
        var answer = raw(head("PUT", begun() + "?digest=" + digest("long"), "Content-Length: 4") + "longer");

        assertThat(answer).startsWith("HTTP/1.1 201 ").doesNotContain(" 200 ");
    }

    @Test
    void both_lengths_are_refused_and_what_follows_is_no_request() throws IOException {
        var smuggled = head("DELETE", "/v2/app/blobs/" + blob);
        var answer =
                raw(head("POST", UPLOADS, "Content-Length: 4", "Transfer-Encoding: chunked") + "0\r\n\r\n" + smuggled);

        assertThat(answer).startsWith("HTTP/1.1 400 ").doesNotContain(" 202 ");
        assertThat(server.get("/v2/app/blobs/" + blob).body()).isEqualTo("layer");
    }

    @Test
    void pipelined_requests_are_answered_in_order() throws IOException {
        var answer = raw(kept("GET", "/v2/")
                + kept("GET", "/v2/app/blobs/" + blob)
                + kept("HEAD", "/v2/app/blobs/" + blob)
                + head("GET", "/v2/app/blobs/" + ABSENT));

        assertThat(answer).containsPattern("(?s)^HTTP/1.1 200 .*HTTP/1.1 200 .*layerHTTP/1.1 200 .*HTTP/1.1 404 ");
    }

    @Test
    void http_1_0_is_answered_and_closed() throws IOException {
        var answer =
                raw("GET /v2/app/blobs/%s HTTP/1.0\r\nAuthorization: Basic %s\r\n\r\n".formatted(blob, server.login()));

        assertThat(answer).containsPattern("^HTTP/1.[01] 200 ").endsWith("\r\n\r\nlayer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/healthz",
                "/nowhere",
                "/v2",
                "/v2/",
                "/v2/_catalog",
                "/v2/app/tags/list",
                "/v2/app/manifests/none",
                "/v2/app/blobs/BLOB",
                "/v2/app/blobs/ABSENT",
                "/v2/app/referrers/ABSENT",
                "/v2/app/blobs/uploads/",
                "/v2/app/blobs/uploads/none",
                "/v2/none/tags/list",
            })
    void a_head_is_answered_as_a_get_without_its_body(String path) throws IOException {
        var target = path.replace("BLOB", blob).replace("ABSENT", ABSENT);
        var got = raw(head("GET", target));
        var asked = raw(head("HEAD", target));

        assertThat(asked).endsWith("\r\n\r\n");
        assertThat(asked.substring(0, 12)).isEqualTo(got.substring(0, 12));
        if (got.startsWith("HTTP/1.1 200 ")) { // what a refusal says may differ
            assertThat(length(asked)).isEqualTo(length(got));
        }
    }

    private static String length(String answer) {
        return answer.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .findFirst()
                .orElse("none");
    }
}
