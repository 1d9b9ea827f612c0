package entrepot.http.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private static final long SECOND = 1_000_000_000;

    private final Patience patience = new Patience(Duration.ofSeconds(60), 1024);

    @Test
    void a_byte_every_59_seconds_ends_it_at_the_second() {
        patience.waited(59 * SECOND);
        patience.received(1);
        assertThat(patience.left()).isEqualTo(SECOND + SECOND / 1024);
        patience.waited(59 * SECOND);
        assertThat(patience.left()).isNegative();
    }

    /// 20 MiB in Base64 at 50 KB/s, in pieces of one segment, each waited for.
    @Test
    void an_honest_slow_line_never_ends_it() {
        for (int sent = 0; sent < 27_962_028; sent += 1460) {
            patience.waited(SECOND * 1460 / 50_000);
            assertThat(patience.left()).isGreaterThan(59 * SECOND);
            patience.received(1460);
        }
        assertThat(patience.left()).isEqualTo(60 * SECOND);
    }

    @Test
    void much_at_first_buys_no_more_than_the_grace() {
        patience.received(1 << 30);
        assertThat(patience.left()).isEqualTo(60 * SECOND);
    }

    @Test
    void a_line_that_stood_still_may_go_on() {
        patience.waited(59 * SECOND);
        for (int second = 0; second < 100; second++) {
            patience.received(2048);
            assertThat(patience.left()).isPositive();
            patience.waited(SECOND);
        }
        assertThat(patience.left()).isEqualTo(59 * SECOND);
    }
}
