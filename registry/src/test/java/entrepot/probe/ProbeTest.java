package entrepot.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.server.RunningServer;
import entrepot.upstream.Login;
import entrepot.upstream.wire.Connections;
import entrepot.upstream.wire.Targets;
import entrepot.upstream.wire.Timing;
import entrepot.upstream.wire.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Probes this registry itself.
class ProbeTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    Path data;

    @Test
    void nothing_differs_where_ecr_is_followed() throws IOException {
        try (var server = RunningServer.start(data, Map.of("compat", "ecr"))) {
            var report = probe(server, true, LONG);

            assertThat(report.deviations()).isEmpty();
            assertThat(report.unasked()).isEmpty();
            assertThat(report.answers()).isGreaterThan(500);
            assertThat(server.ecr().describeRepositories().repositories()).isEmpty();
        }
    }

    @Test
    void where_the_specification_is_followed_v2_differs() throws IOException {
        try (var server = RunningServer.start(data, Map.of())) {
            assertThat(probe(server, false, LONG).deviations())
                    .extracting(Deviation::operation, Deviation::point)
                    .allMatch(row -> row.toString().contains("GET "))
                    .hasSize(3);
        }
    }

    @Test
    void nothing_is_written_unless_it_may_be() throws IOException {
        var audit = data.resolve("audit.log");
        try (var server = RunningServer.start(data.resolve("data"), Map.of("audit", audit.toString()))) {
            probe(server, false, LONG);
        }
        var asked = Files.readAllLines(audit).stream()
                .filter(line -> line.contains("\"eventSource\":\"ecr.amazonaws.com\""))
                .toList();
        assertThat(asked).hasSizeGreaterThan(20).allMatch(line -> line.contains("\"readOnly\":true"));
    }

    @Test
    void what_is_not_asked_in_time_is_told() throws IOException {
        try (var server = RunningServer.start(data, Map.of())) {
            var report = probe(server, false, Duration.ZERO);

            assertThat(report.unasked()).first().asString().endsWith("and all that follows: the time is over");
        }
    }

    @Test
    void who_is_not_let_in_asks_nothing() throws IOException {
        try (var server = RunningServer.start(data, Map.of())) {
            var stranger = new Login.AwsKey("AKIAAAAAAAAAAAAAAAAA", "x", null);

            assertThatThrownBy(() -> probe(server, stranger, false, LONG))
                    .hasMessageContaining("UnrecognizedClientException");
        }
    }

    private static Report probe(RunningServer server, boolean writes, Duration time) throws IOException {
        var key = server.rootKey();
        return probe(server, new Login.AwsKey(key.id(), key.secret(), null), writes, time);
    }

    private static Report probe(RunningServer server, Login.AwsKey key, boolean writes, Duration time)
            throws IOException {
        var here = server.url("/");
        var targets = Targets.allowing(here.getAuthority());
        try (var connections = new Connections(targets, Trust.with(null), Timing.USUAL)) {
            return new Probe(new Login.Ecr(here, "us-east-1", key), connections, writes, time).run();
        }
    }
}
