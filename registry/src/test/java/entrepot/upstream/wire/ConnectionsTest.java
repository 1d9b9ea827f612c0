package entrepot.upstream.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Content;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionsTest {

    private static final Timing SHORT =
            new Timing(Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofMillis(600));

    private static Connections to(FixedAnswers server, Timing timing) throws IOException {
        return new Connections(Targets.allowing(server.host()), Trust.with(null), timing);
    }

    private static String answered(String answer) throws IOException {
        try (var server = FixedAnswers.of(answer);
                var connections = to(server, Timing.USUAL);
                var got = connections.send(Request.get(server.url("/x")))) {
            return new String(got.bytes(1_000), UTF_8);
        }
    }

    @Test
    void reads_bodies_however_they_are_framed() throws IOException {
        assertThat(answered("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"))
                .isEqualTo("hello");
        assertThat(
                        answered(
                                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;a=b\r\nlo\r\n0\r\nX: y\r\n\r\n"))
                .isEqualTo("hello");
        assertThat(answered("HTTP/1.0 200 OK\r\n\r\nhello")).isEqualTo("hello");
        assertThat(answered("HTTP/1.1 103 Hints\r\nA: b\r\n\r\nHTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello"))
                .isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhello"
            })
    void tells_a_body_that_is_cut_from_one_that_ends(String answer) {
        assertThatThrownBy(() -> answered(answer)).isInstanceOf(EOFException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhello\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno header\r\n\r\nhello"
            })
    void takes_nothing_that_is_no_clear_HTTP(String answer) {
        assertThatThrownBy(() -> answered(answer)).isInstanceOf(MalformedAnswerException.class);
    }

    @Test
    void bounds_heads_and_bodies() {
        var long_ = "HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(20_000) + "\r\n";
        assertThatThrownBy(() -> answered(long_)).isInstanceOf(MalformedAnswerException.class);
        var said = "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n" + "x".repeat(1001);
        assertThatThrownBy(() -> answered(said)).isInstanceOf(MalformedAnswerException.class);
        var unsaid = "HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(1001);
        assertThatThrownBy(() -> answered(unsaid)).isInstanceOf(MalformedAnswerException.class);
    }

    @Test
    void waits_for_no_server_that_is_silent_or_drips() throws IOException {
        var end = new CountDownLatch(1);
        try (var silent = FixedAnswers.scripted((_, _) -> end.await());
                var dripping = FixedAnswers.scripted((_, out) -> {
                    for (var c : "HTTP/1.1 200 OK and so on".getBytes(ISO_8859_1)) {
                        out.write(c);
                        Thread.sleep(100);
                    }
                })) {
            assertThatThrownBy(() -> to(silent, SHORT).send(Request.get(silent.url())))
                    .isInstanceOf(SocketTimeoutException.class);
            assertThatThrownBy(() -> to(dripping, SHORT).send(Request.get(dripping.url())))
                    .isInstanceOf(SocketTimeoutException.class);
        } finally {
            end.countDown();
        }
    }

    @Test
    void waits_for_no_server_that_takes_nothing() throws IOException {
        var end = new CountDownLatch(1);
        try (var deaf = FixedAnswers.scripted((_, _) -> end.await())) {
            var endless = new Content() {
                @Override
                public long length() {
                    return 1L << 40;
                }

                @Override
                public void writeTo(WritableByteChannel target) throws IOException {
                    while (true) {
                        target.write(ByteBuffer.allocate(1 << 20));
                    }
                }
            };
            var request = new Request("PUT", deaf.url(), Map.of(), endless);
            assertThatThrownBy(() -> to(deaf, SHORT).send(request)).isInstanceOf(IOException.class);
        } finally {
            end.countDown();
        }
    }

    @Test
    void uses_a_connection_again() throws IOException {
        try (var server = FixedAnswers.keeping(
                        (_, out) -> out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(ISO_8859_1)));
                var connections = to(server, Timing.USUAL)) {
            for (var i = 0; i < 3; i++) {
                connections.send(Request.get(server.url("/" + i))).close();
            }
            assertThat(server.requests()).hasSize(3);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void sends_again_what_met_a_connection_that_was_closed_meanwhile() throws IOException {
        try (var server = FixedAnswers.of("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                var connections = to(server, Timing.USUAL)) {
            for (var i = 0; i < 3; i++) {
                connections.send(Request.get(server.url("/" + i))).close();
            }
            assertThat(server.requests()).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/",
                "http://localhost:%d/",
                "http://[::1]:%d/",
                "http://[::ffff:127.0.0.1]:%d/",
                "http://2130706433:%d/",
                "http://0.0.0.0:%d/"
            })
    void connects_to_nothing_inside_that_is_not_allowed_by_name(String url) throws IOException {
        try (var server = FixedAnswers.of("HTTP/1.1 200 OK\r\n\r\n");
                var connections =
                        new Connections(Targets.allowing("harbor.example.com"), Trust.with(null), Timing.USUAL)) {
            var request = Request.get(URI.create(url.formatted(server.url().getPort())));
            assertThatThrownBy(() -> connections.send(request)).isInstanceOf(IOException.class);
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void allows_the_port_that_was_named_and_no_other() throws IOException {
        var targets = Targets.allowing("Localhost:5001", "[::1]:7", "harbor.example.com");
        assertThat(targets.allows(Origin.of(URI.create("http://LOCALHOST:5001/"))))
                .isTrue();
        assertThat(targets.allows(Origin.of(URI.create("http://[::1]:7/")))).isTrue();
        assertThat(targets.allows(Origin.of(URI.create("https://harbor.example.com/"))))
                .isTrue();
        assertThat(targets.allows(Origin.of(URI.create("http://localhost:5002/"))))
                .isFalse();
        assertThat(targets.allows(Origin.of(URI.create("https://harbor.example.com:8443/"))))
                .isFalse();
        assertThat(targets.allows(Origin.of(URI.create("https://x.harbor.example.com/"))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://host/", "file:///etc/passwd", "http:///x", "http://user:secret@host/", "https://h:99999/"
            })
    void knows_no_other_addresses(String url) {
        assertThatThrownBy(() -> Origin.of(URI.create(url))).isInstanceOf(MalformedAnswerException.class);
    }

    @Test
    void has_no_header_that_would_be_two() {
        var request = Request.get(URI.create("http://host/"));
        assertThatThrownBy(() -> request.with("Authorization", "Bearer a\r\nHost: b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("Bearer");
    }
}
