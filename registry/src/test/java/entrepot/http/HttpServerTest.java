package entrepot.http;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Content;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpServerTest {

    private static final HttpSettings SETTINGS = HttpSettings.on("127.0.0.1", 0);

    @TempDir
    Path folder;

    private HttpServer server = HttpServer.start(SETTINGS, request -> HttpResponse.of(200));

    @AfterEach
    void stop() {
        server.stop(Duration.ofMillis(100));
    }

    private RawClient serve(HttpHandler handler) throws IOException {
        server.stop(Duration.ZERO);
        server = HttpServer.start(SETTINGS, handler);
        return new RawClient(server.port());
    }

    @Test
    void a_request_reaches_the_handler_as_it_was_sent() throws Exception {
        try (var client = serve(request -> HttpResponse.of(200)
                .withText(
                        "text/plain",
                        request.method() + " " + request.path() + " " + request.query() + " "
                                + request.headers().all("X-A") + " " + request.remoteAddress()))) {
            var reply = client.send("POST /v2/a%2Fb?x=%20&y HTTP/1.1\r\nHost: h:80\r\nX-A: 1\r\nx-a: 2\r\n\r\n")
                    .read();

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).isEqualTo("POST /v2/a%2Fb x=%20&y [1, 2] 127.0.0.1");
            assertThat(reply.says("Content-Type: text/plain")).isTrue();
        }
    }

    @Test
    void a_body_comes_whole() throws Exception {
        try (var client = serve(request ->
                HttpResponse.of(200).withBody("a/b", new Content.Bytes(Bodies.read(request.body(), 10_000_000))))) {
            var body = new byte[5_000_000];
            new Random(1).nextBytes(body);
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .send(body);

            assertThat(client.read().body()).isEqualTo(body);
        }
    }
}
