package entrepot.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportsTest {

    @Test
    void metrics_are_shown_on_loopback_unless_told_otherwise_and_nowhere_without_a_port() {
        assertThat(metrics(Map.of("ENTREPOT_METRICS_PORT", "0"))).isEqualTo(new Reports.Metrics("127.0.0.1", 0));
        assertThat(metrics(Map.of())).isNull();
        assertThatThrownBy(() -> metrics(Map.of("ENTREPOT_METRICS_HOST", "127.0.0.1")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("metrics.host needs metrics.port");
    }

    private static Reports.@Nullable Metrics metrics(Map<String, String> environment) {
        return Config.load(Map.of(), environment, null).reports().metrics();
    }
}
