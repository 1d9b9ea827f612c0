package entrepot.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final String KEY = "AKIAABCDEFGHIJKLMNOP";

    private final Attempts attempts = new Attempts();

    private int allowed(int tries, Instant now) {
        return (int) IntStream.range(0, tries)
                .filter(_ -> attempts.begin("192.0.2.1", KEY, now).isEmpty())
                .count();
    }

    @Test
    void a_key_is_guessed_at_so_many_times_from_an_address_and_then_once_in_a_while() {
        assertThat(allowed(100, NOW)).isEqualTo(20);
        assertThat(allowed(10, NOW.plusSeconds(10))).isEqualTo(1);
        assertThat(allowed(10, NOW.plusSeconds(29))).isEqualTo(1);
        assertThat(allowed(100, NOW.plus(Duration.ofHours(1)))).isEqualTo(20);
    }

    @Test
    void whoever_guesses_at_a_key_keeps_nobody_out_elsewhere() {
        allowed(100, NOW);

        assertThat(attempts.begin("198.51.100.1", KEY, NOW)).isEmpty();
    }

    @Test
    void an_address_tries_so_many_keys_and_a_network_of_version_6_is_one() {
        var tried = IntStream.range(0, 100)
                .filter(i -> attempts.begin("2001:db8::" + Integer.toHexString(i), "AKIA" + i, NOW)
                        .isEmpty())
                .count();

        assertThat(tried).isEqualTo(20);
        assertThat(attempts.begin("2001:db8:0:1::1", "AKIAOTHER", NOW)).isEmpty();
    }

    @Test
    void good_attempts_cost_nothing() {
        for (int i = 0; i < 100; i++) {
            assertThat(attempts.begin("192.0.2.1", KEY, NOW)).isEmpty();
            attempts.succeeded("192.0.2.1", KEY);
        }
    }

    @Test
    void whoever_must_wait_is_told_how_long() {
        allowed(20, NOW);

        assertThat(attempts.begin("192.0.2.1", "AKIAOTHER", NOW)).contains(Duration.ofSeconds(6));
        assertThat(attempts.begin("192.0.2.1", KEY, NOW.plusSeconds(6))).contains(Duration.ofSeconds(4));
    }

    @Test
    void a_hundred_thousand_wrong_ones_are_not_remembered_all() {
        IntStream.range(0, 100_000)
                .forEach(i -> attempts.begin("10.%d.%d.%d".formatted(i >> 16, i >> 8 & 255, i & 255), "AKIA" + i, NOW));

        assertThat(attempts.size()).isEqualTo(20_000);
    }
}
