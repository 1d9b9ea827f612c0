package entrepot.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a collector of traces is told by a server that is named one.
@Timeout(120)
class TracesTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

    @TempDir
    Path directory;

    private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();

    @Test
    void a_request_its_operation_and_its_stores_are_spans_of_the_clients_trace_and_no_secret_is_told()
            throws Exception {
        var collector = collector();
        try (var server =
                ServeProcess.start(directory, to(collector.getAddress().getPort()))) {
            awaitSpans(server);
            var answer =
                    server.get("/v2/absent/tags/list?n=5&secret=inquery", "traceparent", PARENT, "Cookie", "crumb");
            assertThat(answer.statusCode()).isEqualTo(404);
            var requestId = answer.headers().firstValue("x-amzn-RequestId").orElseThrow();
            server.signal("TERM"); // which sends what is gathered
            server.ended();

            var spans = String.join("", told);
            assertThat(spans)
                    .contains("GET /v2", "/v2/absent/tags/list", "ListImages", "metadata.", "refused")
                    .contains("entrepot.request_id", requestId)
                    .contains("service.name", "entrepot")
                    .doesNotContain(server.rootSecret(), "inquery", "crumb", "Authorization", "Basic");
            assertThat(count(spans, bytes(TRACE))).isGreaterThanOrEqualTo(3);
            assertThat(server.log()).isEmpty();
        } finally {
            collector.stop(0);
        }
    }

    /// What is sent for the first time takes longer than an end waits for, on a busy machine.
    private void awaitSpans(ServeProcess server) throws Exception {
        server.get("/v2/");
        while (told.isEmpty()) {
            Thread.sleep(20);
        }
    }

    @Test
    void a_collector_that_hangs_slows_nothing() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var server = ServeProcess.start(directory, keepingFew(silent.getLocalPort()))) {
            for (int i = 0; i < 200; i++) { // more than are kept
                assertThat(server.get("/v2/").statusCode()).isEqualTo(200);
            }
            server.signal("TERM");
            server.ended();
        }
    }

    @Test
    void what_the_environment_says_and_nobody_understands_is_told_in_one_line() throws Exception {
        var broken = Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "nowhere");
        try (var _ = ServeProcess.start(directory, broken)) {
            throw new AssertionError("it started");
        } catch (AssertionError e) {
            assertThat(e).hasMessageContaining("entrepot: OTEL_");
        }
    }

    private static Map<String, String> to(int port) {
        return Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + port, "OTEL_BSP_SCHEDULE_DELAY", "100");
    }

    private static Map<String, String> keepingFew(int port) {
        var settings = new HashMap<>(to(port));
        settings.putAll(Map.of("OTEL_BSP_MAX_QUEUE_SIZE", "16", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "8"));
        return settings;
    }

    private HttpServer collector() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
        return server;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            told.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static String bytes(String hex) {
        return new String(HexFormat.of().parseHex(hex), ISO_8859_1);
    }

    private static long count(String text, String part) {
        return Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
    }
}
