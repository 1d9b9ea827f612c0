package entrepot.server;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.metrics.Metrics;
import entrepot.metrics.Metrics.Label;
import entrepot.watch.Watch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the dashboard and the documents name is shown.
@Timeout(60)
class DashboardTest {

    private static final Pattern METRIC = Pattern.compile("\\b(?:entrepot|jvm|process)_[a-z0-9_]+");

    @TempDir
    Path folder;

    @TempDir
    Path beside;

    @Test
    void every_metric_of_the_dashboard_is_in_a_scrape() throws Exception {
        var named = named(Files.readString(Path.of("../deploy/grafana-dashboard.json")));

        assertThat(named).hasSizeGreaterThan(10);
        assertThat(shown()).containsAll(named);
    }

    @Test
    void every_metric_of_ours_is_documented_and_no_other() throws Exception {
        var documented = Pattern.compile("(?m)^\\| `(entrepot_[a-z0-9_]+)` \\|")
                .matcher(Files.readString(Path.of("../docs/operations.md")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toSet());
        var ours = shown().stream()
                .filter(name -> name.startsWith("entrepot_"))
                .map(name -> name.replaceFirst("_(count|sum|bucket|max)$", ""))
                .collect(Collectors.toSet());

        assertThat(ours).isEqualTo(documented);
    }

    /// By a server in one folder that is used, and by one that has what that has not.
    private Set<String> shown() throws Exception {
        var events = "events: [{type: file, path: %s}]%n".formatted(beside.resolve("events.json"));
        var scanner = "scanner: {type: trivy, command: /bin/false, database: %s}".formatted(beside);
        var file = Files.writeString(beside.resolve("entrepot.yaml"), events + scanner);
        try (var server = RunningServer.start(folder, Map.of("metrics.port", "0"), file);
                var metrics = new Metrics()) {
            server.get("/v2/_catalog");
            metrics.done(Watch.Kind.S3, "PutObject", Watch.OK, Duration.ofMillis(3));
            metrics.gauge("entrepot.breaker.open", "", new Label("dependency", "s3"), () -> 0);
            var seen = MetricsTest.scrape(server);
            while (!shows(seen, "entrepot_jobs_total") || !shows(seen, "jvm_gc_pause_seconds")) {
                System.gc(); // a pause is shown once there was one
                Thread.sleep(50);
                seen = MetricsTest.scrape(server);
            }
            var elsewhere = metrics.scrape().lines().filter(line -> !line.startsWith("#"));
            return Stream.concat(seen.keySet().stream(), elsewhere)
                    .map(line -> line.replaceFirst("[{ ].*", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static boolean shows(Map<String, ?> seen, String metric) {
        return seen.keySet().stream().anyMatch(name -> name.startsWith(metric));
    }

    private static Set<String> named(String dashboard) {
        return METRIC.matcher(dashboard.replaceAll("\"uid\": \"[^\"]*\"", ""))
                .results()
                .map(match -> match.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
