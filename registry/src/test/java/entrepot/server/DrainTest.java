package entrepot.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The end of a server that others stand in for.
@Timeout(60)
class DrainTest {

    @TempDir
    Path folder;

    @Test
    void it_says_that_it_is_not_ready_and_serves_on_until_its_time_is_over_or_there_is_haste() throws Exception {
        try (var server = RunningServer.start(folder, Map.of())) {
            var connection = server.get("/v2/").headers();
            assertThat(connection.firstValue("Connection")).isEmpty();

            var draining = Thread.ofVirtual().start(() -> server.server().drain(Duration.ofHours(1)));
            while (server.anonymous("/readyz").statusCode() != 503) {
                Thread.sleep(10);
            }
            assertThat(server.anonymous("/readyz").body())
                    .isEqualTo("{\"ready\":false,\"draining\":true,\"checks\":{}}\n");
            assertThat(server.anonymous("/healthz").statusCode()).isEqualTo(200);
            server.ecr().createRepository(r -> r.repositoryName("late"));
            assertThat(server.get("/v2/late/tags/list").statusCode()).isEqualTo(200);
            assertThat(server.get("/v2/").headers().firstValue("Connection")).hasValue("close");

            server.server().hasten();
            draining.join();
            assertThat(isListening(server)).isFalse();
        }
    }

    @Test
    void a_request_under_way_ends_well_after_the_port_is_closed() throws Exception {
        try (var server = RunningServer.start(folder, Map.of())) {
            server.ecr().createRepository(r -> r.repositoryName("app"));
            var upload = URI.create(server.send("POST", "/v2/app/blobs/uploads/", new byte[0])
                    .headers()
                    .firstValue("Location")
                    .orElseThrow());
            try (var client =
                    new Socket(InetAddress.getLoopbackAddress(), server.url("/").getPort())) {
                send(
                        client,
                        "PATCH %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic %s\r\nContent-Length: 10\r\n\r\nhello"
                                .formatted(path(upload), server.login()));
                awaitBytes(5);

                var ending = Thread.ofVirtual().start(() -> server.server().drain(Duration.ZERO));
                while (isListening(server)) {
                    Thread.sleep(10);
                }
                send(client, "world");
                var answer = new String(client.getInputStream().readAllBytes(), US_ASCII);

                assertThat(answer).startsWith("HTTP/1.1 202 ").contains("\r\nRange: 0-9\r\n");
                ending.join();
            }
        }
    }

    /// The server has the first half.
    private void awaitBytes(int count) throws Exception {
        while (stored() < count) {
            Thread.sleep(10);
        }
    }

    private long stored() throws IOException {
        try (var files = Files.walk(folder.resolve("blobs"))) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static String path(URI address) {
        return address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private static boolean isListening(RunningServer server) throws IOException {
        try (var _ =
                new Socket(InetAddress.getLoopbackAddress(), server.url("/").getPort())) {
            return true;
        } catch (ConnectException e) {
            return false;
        }
    }
}
