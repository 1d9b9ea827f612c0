package entrepot.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.store.TestStores;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What Prometheus is told, by whole servers.
@Timeout(180)
class MetricsTest {

    private static final byte[] LAYER = new byte[100_000];

    @TempDir
    Path folder;

    @Test
    void both_doors_are_counted_at_the_operation_by_its_outcome() throws Exception {
        try (var server = RunningServer.start(folder, Map.of("metrics.port", "0"))) {
            server.ecr().createRepository(r -> r.repositoryName("app"));
            server.ecr().listImages(r -> r.repositoryName("app"));
            server.get("/v2/app/tags/list");
            server.get("/v2/absent/tags/list");
            server.send("GET", "/v2/app/tags/list", new byte[0], "Authorization", "Basic QVdTOng=");

            var seen = scrape(server);
            assertThat(seen)
                    .containsEntry(
                            "entrepot_requests_seconds_count{operation=\"CreateRepository\",outcome=\"ok\"}", 1.0)
                    .containsEntry("entrepot_requests_seconds_count{operation=\"ListImages\",outcome=\"ok\"}", 2.0)
                    .containsEntry("entrepot_requests_seconds_count{operation=\"ListImages\",outcome=\"refused\"}", 1.0)
                    .containsEntry(
                            "entrepot_requests_seconds_bucket{operation=\"ListImages\",outcome=\"ok\",le=\"+Inf\"}",
                            2.0);
        }
    }

    @Test
    void bytes_uploads_connections_and_jobs_are_told() throws Exception {
        try (var server = RunningServer.start(folder, Map.of("metrics.port", "0"))) {
            server.ecr().createRepository(r -> r.repositoryName("app"));
            var before = scrapeOfAll(server);
            assertThat(before)
                    .containsEntry("entrepot_uploads_open", 0.0)
                    .containsEntry("entrepot_damaged_blobs", 0.0)
                    .containsEntry("entrepot_pool_connections{state=\"waiting\"}", 0.0)
                    .containsKeys(
                            "entrepot_pool_connections{state=\"active\"}", "entrepot_pool_connections{state=\"idle\"}");

            var digest = server.push("app", LAYER);
            assertThat(server.get("/v2/app/blobs/" + digest).body()).hasSize(LAYER.length);
            server.send("POST", "/v2/app/blobs/uploads/", new byte[0]);

            var after = scrapeOfAll(server);
            while (value("entrepot_uploads_open", after) != 1.0 || noRunOf("expired-uploads", after)) {
                Thread.sleep(50);
                after = scrapeOfAll(server);
            }
            assertThat(grown("entrepot_bytes_total{direction=\"in\"}", before, after))
                    .isEqualTo(LAYER.length);
            assertThat(grown("entrepot_bytes_total{direction=\"out\"}", before, after))
                    .isBetween((double) LAYER.length, LAYER.length + 1000.0);
            assertThat(after.keySet())
                    .anyMatch(name -> name.startsWith("jvm_memory_used_bytes{"))
                    .anyMatch(name -> name.startsWith("jvm_threads_live_threads"))
                    .noneMatch(name -> name.startsWith("process_cpu_time_ns") || name.startsWith("system_cpu_count"));
        }
    }

    private static boolean noRunOf(String job, Map<String, Double> seen) {
        return !seen.containsKey("entrepot_jobs_total{job=\"%s\",outcome=\"ok\"}".formatted(job));
    }

    private static double value(String name, Map<String, Double> seen) {
        return Optional.ofNullable(seen.get(name)).orElseThrow();
    }

    private static double grown(String name, Map<String, Double> before, Map<String, Double> after) {
        return value(name, after) - value(name, before);
    }

    @Test
    void a_scrape_does_not_wait_for_a_database_that_hangs() throws Exception {
        try (var line = TestStores.lineToDatabase()) {
            var settings = new HashMap<>(TestStores.database(folder, line));
            settings.put("metrics.port", "0");
            try (var server = RunningServer.start(folder.resolve("data"), settings)) {
                assertThat(scrapeOfAll(server)).containsEntry("entrepot_uploads_open", 0.0);
                line.stall();
                var seen = scrape(server);
                while (!Double.isNaN(value("entrepot_uploads_open", seen))) {
                    Thread.sleep(50);
                    seen = scrape(server);
                }
                assertThat(seen.get("entrepot_pool_connections{state=\"active\"}"))
                        .isPositive();
                line.cut();
            }
        }
    }

    @Test
    void they_are_shown_on_loopback_at_one_path_and_not_where_clients_come() throws Exception {
        try (var server = RunningServer.start(folder, Map.of("metrics.port", "0"))) {
            assertThat(get(server, "/metrics").headers().firstValue("Content-Type"))
                    .hasValue("text/plain; version=0.0.4; charset=utf-8");
            assertThat(get(server, "/").statusCode()).isEqualTo(404);
            assertThat(get(server, "/v2/").statusCode()).isEqualTo(404);
            assertThat(server.anonymous("/metrics").statusCode()).isEqualTo(404);
            assertThat(isTaken("127.0.0.2", server)).isFalse();
        }
    }

    @Test
    void without_a_port_there_are_none() throws Exception {
        try (var server = RunningServer.start(folder, Map.of())) {
            assertThat(server.server().metricsPort()).isEmpty();
        }
    }

    private static boolean isTaken(String address, RunningServer server) throws IOException {
        try (var _ = new ServerSocket(port(server), 1, InetAddress.ofLiteral(address))) {
            return false;
        } catch (java.net.BindException e) {
            return true;
        }
    }

    private static int port(RunningServer server) {
        return server.server().metricsPort().orElseThrow();
    }

    private static HttpResponse<String> get(RunningServer server, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(server) + path))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString(UTF_8));
        }
    }

    /// Values by name and labels.
    /// Until each figure came in time.
    private static Map<String, Double> scrapeOfAll(RunningServer server) throws Exception {
        var seen = scrape(server);
        while (seen.containsValue(Double.NaN)) {
            Thread.sleep(50);
            seen = scrape(server);
        }
        return seen;
    }

    static Map<String, Double> scrape(RunningServer server) throws Exception {
        var seen = new TreeMap<String, Double>();
        get(server, "/metrics")
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> {
                    var end = line.lastIndexOf(' ');
                    seen.put(
                            line.substring(0, end),
                            Double.parseDouble(line.substring(end + 1).replace("Inf", "Infinity")));
                });
        return seen;
    }
}
