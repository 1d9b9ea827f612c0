package entrepot.http.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.http.HttpHandler;
import entrepot.http.HttpLimits;
import entrepot.http.HttpResponse;
import entrepot.http.TlsSettings;
import entrepot.http.WholeBody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest extends WithServer {

    private static final HttpLimits IMPATIENT = impatientOnceEncrypted();

    @TempDir
    static Path made;

    private static Pems first;
    private static Pems second;

    @BeforeAll
    static void makeCertificates() {
        first = Pems.make(made, "EC");
        second = Pems.make(made, "RSA");
    }

    private TlsSettings serveEncrypted(HttpHandler handler) throws IOException {
        return serveEncrypted(first, HttpLimits.USUAL, handler);
    }

    private TlsSettings serveEncrypted(Pems pems, HttpLimits limits, HttpHandler handler) throws IOException {
        var tls = pems.writeTo(folder, false);
        server.stop(Duration.ZERO);
        server = HttpServer.start(SETTINGS.with(limits).with(tls), handler);
        return tls;
    }

    private RawClient connect(String... protocols) throws IOException {
        return new RawClient(handshaken(protocols));
    }

    private SSLSocket handshaken(String... protocols) throws IOException {
        var socket = (SSLSocket) Pems.trustingAll().getSocketFactory().createSocket("127.0.0.1", server.port());
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        return socket;
    }

    private X509Certificate shown() throws IOException {
        try (var socket = handshaken()) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_request_comes_by_tls_and_is_secure(String protocol) throws Exception {
        serveEncrypted(request -> HttpResponse.of(200)
                .withText("t/t", request.secure() + " " + request.calledAs().endpoint()));
        try (var client = connect(protocol)) {
            assertThat(client.send(GET).read().text()).isEqualTo("true https://h");
            assertThat(client.send(GET).read().text()).isEqualTo("true https://h");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1", "TLSv1.1"})
    void an_older_protocol_is_refused(String protocol) throws Exception {
        serveEncrypted(request -> HttpResponse.of(200));

        assertThatThrownBy(() -> connect(protocol)).isInstanceOf(SSLException.class);
    }

    @Test
    void a_key_of_rsa_serves_too() throws Exception {
        serveEncrypted(second, HttpLimits.USUAL, request -> HttpResponse.of(200));

        assertThat(shown()).isEqualTo(second.parsed());
    }

    @Test
    void only_http_1_is_offered_unless_configured() throws Exception {
        serveEncrypted(request -> HttpResponse.of(200));
        try (var socket = (SSLSocket) Pems.trustingAll().getSocketFactory().createSocket("127.0.0.1", server.port())) {
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();

            assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
        }
    }

    @Test
    void a_large_file_comes_whole_over_tls() throws Exception {
        var bytes = random(20_000_000);
        var region = fileOf(bytes, 1, 19_999_998);
        serveEncrypted(request -> HttpResponse.of(200).withBody("a/b", region));
        try (var client = connect()) {
            for (int i = 0; i < 2; i++) {
                assertThat(client.send(GET).read().body()).isEqualTo(Arrays.copyOfRange(bytes, 1, 19_999_999));
            }
        }
    }

    @Test
    void a_large_body_comes_whole_over_tls() throws Exception {
        var bytes = random(5_000_000);
        serveEncrypted(request -> {
            var same = Arrays.equals(WholeBody.read(request.body(), 5_000_000), bytes);
            return HttpResponse.of(same ? 201 : 500);
        });
        try (var client = connect()) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 5000000\r\n\r\n")
                    .send(bytes);
            assertThat(client.read().status()).isEqualTo(201);
        }
    }

    @Test
    void a_client_that_takes_none_of_a_file_is_cut_and_others_are_served() throws Exception {
        var region = fileOf(random(30_000_000), 0, 30_000_000);
        serveEncrypted(
                first,
                impatientAfterTheHead(),
                request -> request.path().equals("/file")
                        ? HttpResponse.of(200).withBody("a/b", region)
                        : HttpResponse.of(200));
        try (var slow = connect();
                var other = connect()) {
            slow.send("GET /file HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(other.send(GET).read().status()).isEqualTo(200);
            assertThatThrownBy(() -> SlowClientTest.dribble(slow, Duration.ofSeconds(40)))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_handler_that_takes_little_of_a_body_holds_little_memory() throws Exception {
        var sent = new AtomicLong();
        var over = new CountDownLatch(1);
        serveEncrypted(request -> {
            await(over);
            return HttpResponse.of(200);
        });
        try (var client = connect()) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000000\r\n\r\n");
            Thread.ofVirtual().start(() -> {
                try {
                    for (var piece = random(65_536); ; sent.addAndGet(piece.length)) {
                        client.send(piece);
                    }
                } catch (IOException e) {
                    assertThat(sent.get()).isPositive();
                }
            });

            assertThat(steady(sent, 16 << 20)).isPositive(); // most of it is in the system's own buffers
            over.countDown();
        }
    }

    @Test
    void plain_http_is_told_so_at_once() throws Exception {
        serveEncrypted(request -> HttpResponse.of(200));
        try (var client = new RawClient(server.port())) {
            assertThat(client.send(GET).readToEnd())
                    .startsWith("HTTP/1.1 400 ")
                    .endsWith("\r\n\r\nClient sent an HTTP request to an HTTPS server.\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u0016\u0003\u0001", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc"})
    void a_handshake_that_never_ends_is_cut(String begun) throws Exception {
        serveEncrypted(first, IMPATIENT, request -> HttpResponse.of(200));
        try (var client = new RawClient(server.port())) {
            client.send(begun).readToEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u0000\u0001\u0002", "\u0016\u0003\u0001\u0000\u0005hello", "\u0016\u0002\u0000\u00ff\u00ff"})
    void what_is_neither_tls_nor_http_is_closed(String bytes) throws Exception {
        serveEncrypted(request -> HttpResponse.of(200));
        try (var client = new RawClient(server.port())) {
            client.send(bytes + "x".repeat(100)).readToEnd();
        }
        try (var client = connect()) {
            assertThat(client.send(GET).read().status()).isEqualTo(200);
        }
    }

    @Test
    void new_connections_get_a_new_certificate_and_old_ones_live_on() throws Exception {
        serveEncrypted(request -> HttpResponse.of(200));
        try (var old = connect()) {
            assertThat(old.send(GET).read().status()).isEqualTo(200);
            assertThat(shown()).isEqualTo(first.parsed());

            Files.writeString(folder.resolve("certificate.pem"), second.certificate());
            server.renewCertificate();
            assertThat(shown()).as("half of a pair changes nothing").isEqualTo(first.parsed());

            Files.writeString(folder.resolve("key.pem"), second.key());
            server.renewCertificate();
            assertThat(shown()).isEqualTo(second.parsed());
            assertThat(old.send(GET).read().status()).isEqualTo(200);
        }
    }

    private void refused(String message) {
        var tls = new TlsSettings(folder.resolve("certificate.pem"), folder.resolve("key.pem"), false);

        assertThatThrownBy(() -> HttpServer.start(SETTINGS.with(tls), request -> HttpResponse.of(200)))
                .hasMessageContaining(message)
                .hasMessageNotContaining(second.key().lines().toList().get(1));
    }

    @Test
    void a_pair_that_cannot_be_used_is_refused_by_name() throws Exception {
        refused("tls.certificate: " + folder.resolve("certificate.pem") + " is not there");
        Files.writeString(folder.resolve("certificate.pem"), "nonsense");
        refused("tls.certificate: " + folder.resolve("certificate.pem") + " holds no certificate in PEM");
        Files.writeString(folder.resolve("certificate.pem"), first.certificate());
        refused("tls.key: " + folder.resolve("key.pem") + " is not there");
        Files.writeString(folder.resolve("key.pem"), "nonsense");
        refused("tls.key: " + folder.resolve("key.pem") + " holds no private key in PEM");
        Files.writeString(folder.resolve("key.pem"), second.key());
        refused("tls.key: " + folder.resolve("key.pem") + " holds no private key in PEM");
        Files.writeString(folder.resolve("key.pem"), Pems.make(made, "EC").key());
        refused("tls.key: " + folder.resolve("key.pem") + " is not the key of the certificate in ");
        Files.writeString(folder.resolve("key.pem"), second.key().substring(0, 400));
        refused("tls.key: " + folder.resolve("key.pem") + " holds no private key in PEM");
        Files.delete(folder.resolve("key.pem"));
        Files.createDirectory(folder.resolve("key.pem"));
        refused("tls.key: " + folder.resolve("key.pem") + " cannot be read");
    }
}
