package entrepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How a server ends that is told to. Were an hour waited for, the time-out would tell.
@Timeout(120)
class EndTest {

    private static final int ENDED_BY = 128;
    private static final Map<String, String> PATIENT = Map.of("ENTREPOT_DRAIN", "1h");

    @TempDir
    Path directory;

    @Test
    void on_sigterm_it_serves_on_for_a_while_and_a_second_one_cuts_that_short() throws Exception {
        try (var server = ServeProcess.start(directory, PATIENT)) {
            server.awaitReady();
            server.signal("TERM");
            while (server.get("/readyz").statusCode() == 200) {
                Thread.sleep(20);
            }
            assertThat(server.get("/readyz").body()).contains("\"draining\"");
            assertThat(server.get("/v2/").statusCode()).isEqualTo(200);

            server.signal("TERM");
            assertThat(server.ended()).isEqualTo(ENDED_BY + 15);
            assertThat(server.log()).isEmpty();
        }
    }

    @Test
    void on_sigint_it_does_not_wait() throws Exception {
        try (var server = ServeProcess.start(directory, PATIENT)) {
            server.signal("INT");
            assertThat(server.ended()).isEqualTo(ENDED_BY + 2);
        }
    }

    @Test
    void where_metrics_are_is_said_before_it_listens() throws Exception {
        try (var server = ServeProcess.start(directory, Map.of("ENTREPOT_METRICS_PORT", "0"))) {
            var address = server.said("metrics on (http://127\\.0\\.0\\.1:[0-9]+/metrics)\nlistening on .*");
            server.get("/v2/_catalog");

            assertThat(server.get(address).body())
                    .contains("entrepot_requests_seconds_count{operation=\"DescribeRepositories\",outcome=\"ok\"} 1");
        }
    }
}
