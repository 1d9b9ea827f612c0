package entrepot.http.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.http.HttpResponse;
import entrepot.http.WholeBody;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Raw bytes that have led other servers astray, and what must come of them.
class HttpProbesTest {

    private static final String ALIVE = "GET /alive HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final List<String> HANDLED = new CopyOnWriteArrayList<>();

    private static final HttpServer SERVER = HttpServer.start(HttpSettings.on("127.0.0.1", 0), request -> {
        var body = WholeBody.read(request.body(), 100_000);
        HANDLED.add(request.path() + " " + body.length);
        return HttpResponse.of(200);
    });

    /// @param bytes one request, as sent
    record Probe(String name, String bytes) {
        @Override
        public String toString() {
            return name;
        }
    }

    @AfterAll
    static void stop() {
        SERVER.stop(Duration.ofSeconds(1));
    }

    @BeforeEach
    void forget() {
        HANDLED.clear();
    }

    private static Probe get(String name, String lines) {
        return new Probe(name, "GET /p HTTP/1.1\r\n" + lines + "\r\n");
    }

    private static Probe post(String name, String lines, String body) {
        return new Probe(name, "POST /p HTTP/1.1\r\nHost: h\r\n" + lines + "\r\n" + body);
    }

    private static Probe chunked(String name, String body) {
        return post(name, "Transfer-Encoding: chunked\r\n", body);
    }

    static Stream<Probe> wellFormed() {
        return Stream.of(
                get("plain", "Host: h\r\n"),
                get("host and port", "Host: registry.example.com:5000\r\n"),
                get("longest host", "Host: " + "a.".repeat(126) + "a:65535\r\n"),
                get("host in brackets", "Host: [::1]:5000\r\n"),
                get("a value with a tab", "Host: h\r\nX: a\tb\r\n"),
                new Probe("empty line first", "\r\nGET /p HTTP/1.1\r\nHost: h\r\n\r\n"),
                new Probe("the whole URL, same host", "GET http://h/p HTTP/1.1\r\nHost: h\r\n\r\n"),
                new Probe("long line", "GET /p?" + "a".repeat(16_000) + " HTTP/1.1\r\nHost: h\r\n\r\n"),
                get("long headers", "Host: h\r\n" + ("X: " + "a".repeat(995) + "\r\n").repeat(31)),
                get("as many lines as may be", "Host: h\r\n" + "X: a\r\n".repeat(127)),
                new Probe("HTTP/1.0, kept alive", "GET /p HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("wellFormed")
    void a_well_formed_request_is_answered_and_the_connection_kept(Probe probe) throws Exception {
        try (var client = new RawClient(SERVER.port())) {
            assertThat(client.send(probe.bytes()).read().status()).isEqualTo(200);
            assertThat(client.send(ALIVE).read().status()).isEqualTo(200);
            assertThat(HANDLED).containsExactly("/p 0", "/alive 0");
        }
    }

    static Stream<Probe> fourBytes() {
        return Stream.of(
                post("Content-Length", "Content-Length: 4\r\n", "abcd"),
                post("Content-Length with zeros", "Content-Length: 0004\r\n", "abcd"),
                chunked("one chunk", "4\r\nabcd\r\n0\r\n\r\n"),
                chunked("four chunks", "1\r\na\r\n1\r\nb\r\n1\r\nc\r\n001\r\nd\r\n0\r\n\r\n"),
                chunked("extension", "4;a=b\r\nabcd\r\n0\r\n\r\n"),
                chunked("trailer", "4\r\nabcd\r\n0\r\nX: y\r\n\r\n"),
                chunked("128 trailers", "4\r\nabcd\r\n0\r\n" + "X: y\r\n".repeat(128) + "\r\n"),
                post("coding in capitals", "Transfer-Encoding: CHUNKED\r\n", "4\r\nabcd\r\n0\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("fourBytes")
    void a_well_formed_body_comes_whole(Probe probe) throws Exception {
        try (var client = new RawClient(SERVER.port())) {
            assertThat(client.send(probe.bytes()).read().status()).isEqualTo(200);
            assertThat(client.send(ALIVE).read().status()).isEqualTo(200);
            assertThat(HANDLED).containsExactly("/p 4", "/alive 0");
        }
    }

    @ParameterizedTest
    @MethodSource("fourBytes")
    void a_well_formed_body_comes_whole_byte_by_byte(Probe probe) throws Exception {
        try (var client = new RawClient(SERVER.port())) {
            for (int i = 0; i < probe.bytes().length(); i++) {
                client.send(probe.bytes().substring(i, i + 1));
            }
            assertThat(client.read().status()).isEqualTo(200);
            assertThat(HANDLED).containsExactly("/p 4");
        }
    }

    static Stream<Probe> malformedBodies() {
        var probes = new ArrayList<Probe>();
        for (var length :
                List.of("-1", "+4", "0x4", "4, 4", "4 4", "", "99999999999999999999", "4\r\nContent-Length: 5")) {
            probes.add(post("Content-Length: " + length, "Content-Length: " + length + "\r\n", "abcd"));
        }
        probes.add(
                post("both lengths", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "4\r\nabcd\r\n0\r\n\r\n"));
        probes.add(post("vertical tab before chunked", "Transfer-Encoding: \u000bchunked\r\n", "0\r\n\r\n"));
        probes.add(post("chunked twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"));
        for (var size : List.of("+5", "0x5", "-5", " 5", "5 5", "", "80000000", "fffffffffffffffff", "5;a=\"\r\n\"")) {
            probes.add(chunked("chunk size '" + size + "'", size + "\r\nabcde\r\n0\r\n\r\n"));
        }
        probes.add(chunked("no line end after a chunk", "4\r\nabcd0\r\n\r\n"));
        probes.add(chunked("bare line feed after a size", "4\nabcd\r\n0\r\n\r\n"));
        probes.add(chunked("bare line feed after a chunk", "4\r\nabcd\n0\r\n\r\n"));
        probes.add(chunked("129 trailers", "4\r\nabcd\r\n0\r\n" + "X: y\r\n".repeat(129) + "\r\n"));
        return probes.stream();
    }

    static Stream<Probe> malformedHeads() {
        var probes = new ArrayList<Probe>();
        probes.add(get("no host", ""));
        probes.add(get("two hosts", "Host: h\r\nHost: h\r\n"));
        for (var host : List.of("", "a b", "a/b", "a@b", "a,b", "h:x", "h:123456", "<h>", "h\"", "[h", "h\u00e9")) {
            probes.add(get("host '" + host + "'", "Host: " + host + "\r\n"));
        }
        probes.add(get("long host", "Host: " + "a.".repeat(126) + "aa\r\n"));
        probes.add(get("folded line", "Host: h\r\nX: a\r\n b\r\n"));
        probes.add(get("folded line by a tab", "Host: h\r\nX: a\r\n\tb\r\n"));
        probes.add(get("first line folded", " Host: h\r\nHost: h\r\n"));
        probes.add(get("space before the colon", "Host: h\r\nX : a\r\n"));
        probes.add(get("no colon", "Host: h\r\nX\r\n"));
        probes.add(get("no name", "Host: h\r\n: a\r\n"));
        probes.add(get("NUL in a value", "Host: h\r\nX: a\0b\r\n"));
        probes.add(get("carriage return in a value", "Host: h\r\nX: a\rb\r\n"));
        probes.add(get("control character in a value", "Host: h\r\nX: a\u0001b\r\n"));
        probes.add(get("control character in a name", "Host: h\r\nX\u0001: a\r\n"));
        probes.add(new Probe("bare line feeds", "GET /p HTTP/1.1\nHost: h\n\n"));
        probes.add(new Probe("control character first", "\u0001GET /p HTTP/1.1\r\nHost: h\r\n\r\n"));
        probes.add(new Probe("control character in the path", "GET /\u0001p HTTP/1.1\r\nHost: h\r\n\r\n"));
        probes.add(new Probe("path without a slash", "GET p HTTP/1.1\r\nHost: h\r\n\r\n"));
        probes.add(new Probe("fragment", "GET /p#a HTTP/1.1\r\nHost: h\r\n\r\n"));
        probes.add(new Probe("raw UTF-8 in the path", "GET /\u00c3\u00a9 HTTP/1.1\r\nHost: h\r\n\r\n"));
        probes.add(new Probe("the whole URL, another host", "GET http://g/p HTTP/1.1\r\nHost: h\r\n\r\n"));
        probes.add(new Probe("space in the path", "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n"));
        probes.add(new Probe("method of odd characters", "G(T /p HTTP/1.1\r\nHost: h\r\n\r\n"));
        probes.add(new Probe("HTTP/0.9", "GET /p\r\n\r\n"));
        probes.add(new Probe("HTTP/1.0 chunked", "POST /p HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
        return probes.stream();
    }

    @ParameterizedTest
    @MethodSource({"malformedBodies", "malformedHeads"})
    void a_malformed_request_is_refused_and_the_connection_closed(Probe probe) throws Exception {
        assertThat(answerTo(probe)).startsWith("HTTP/1.1 400 ");
        assertThat(HANDLED).isEmpty();
    }

    @Test
    void a_folded_line_is_seen_byte_by_byte() throws Exception {
        try (var client = new RawClient(SERVER.port())) {
            for (var next : "GET /p HTTP/1.1\r\nHost: h\r\nX: a\r\n b\r\n\r\n".toCharArray()) {
                client.send(String.valueOf(next));
            }
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 400 ");
            assertThat(HANDLED).isEmpty();
        }
    }

    static Stream<Probe> otherCodings() {
        return Stream.of("gzip, chunked", "gzip", "identity", "chunked;q=1", "xchunked")
                .map(coding -> post(coding, "Transfer-Encoding: " + coding + "\r\n", "0\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("otherCodings")
    void another_coding_than_chunked_is_refused(Probe probe) throws Exception {
        assertThat(answerTo(probe)).startsWith("HTTP/1.1 501 ");
        assertThat(HANDLED).isEmpty();
    }

    static Stream<Probe> otherVersions() {
        return Stream.of("HTTP/2.0", "HTTP/1.2", "HTTP/3.0", "HTTP/0.9")
                .map(version -> new Probe(version, "GET /p " + version + "\r\nHost: h\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("otherVersions")
    void another_version_is_refused(Probe probe) throws Exception {
        assertThat(answerTo(probe)).startsWith("HTTP/1.1 505 ");
        assertThat(HANDLED).isEmpty();
    }

    static Stream<Probe> tooLong() {
        return Stream.of(
                new Probe("414 line", "GET /" + "a".repeat(17_000) + " HTTP/1.1\r\nHost: h\r\n\r\n"),
                new Probe("414 line without end", "GET /" + "a".repeat(1_000_000)),
                get("431 one line", "Host: h\r\nX: " + "a".repeat(33_000) + "\r\n"),
                get("431 one line too many", "Host: h\r\n" + "a:\r\n".repeat(128)),
                new Probe("431 tiny lines without end", "GET /p HTTP/1.1\r\n" + "a:\r\n".repeat(16_000)),
                new Probe("431 without end", "GET / HTTP/1.1\r\nX: " + "a".repeat(1_000_000)));
    }

    @ParameterizedTest
    @MethodSource("tooLong")
    void a_head_beyond_the_limits_is_refused(Probe probe) throws Exception {
        assertThat(answerTo(probe)).startsWith("HTTP/1.1 " + probe.name().substring(0, 3) + " ");
        assertThat(HANDLED).isEmpty();
    }

    static Stream<Probe> expectations() {
        return Stream.of("foo", "100-continue, foo", "100-continue\r\nExpect: foo")
                .map(expected -> post(expected, "Content-Length: 4\r\nExpect: " + expected + "\r\n", "abcd"));
    }

    @ParameterizedTest
    @MethodSource("expectations")
    void another_expectation_is_refused(Probe probe) throws Exception {
        assertThat(answerTo(probe)).startsWith("HTTP/1.1 417 ");
        assertThat(HANDLED).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("closing")
    void a_client_that_does_not_keep_the_connection_is_answered_and_let_go(Probe probe) throws Exception {
        assertThat(answerTo(probe)).containsPattern("^HTTP/1.[01] 200 ");
        assertThat(HANDLED).containsExactly("/p 0");
    }

    static Stream<Probe> closing() {
        return Stream.of(
                get("Connection: close", "Host: h\r\nConnection: close\r\n"),
                new Probe("HTTP/1.0", "GET /p HTTP/1.0\r\n\r\n"),
                new Probe("HTTP/1.0 expects in vain", "GET /p HTTP/1.0\r\nExpect: 100-continue\r\n\r\n"));
    }

    /// A client that tries TLS first must not wait (crane does so in its insecure mode).
    @ParameterizedTest
    @MethodSource("hellos")
    void a_tls_hello_ends_at_once(Probe probe) throws Exception {
        answerTo(probe);

        assertThat(HANDLED).isEmpty();
    }

    static Stream<Probe> hellos() {
        return Stream.of(
                new Probe(
                        "TLS 1.0 record",
                        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003" + "r".repeat(507)),
                new Probe("first bytes only", "\u0016\u0003\u0001"));
    }

    /// All that comes back until the server closes.
    private static String answerTo(Probe probe) throws Exception {
        try (var client = new RawClient(SERVER.port())) {
            return client.send(probe.bytes()).readToEnd();
        }
    }
}
