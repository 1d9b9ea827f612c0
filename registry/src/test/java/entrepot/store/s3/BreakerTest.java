package entrepot.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private long nanos = Long.MAX_VALUE - 10;
    private final Breaker breaker = new Breaker(() -> nanos);

    @Test
    void some_failures_one_after_the_other_open_it() {
        fail(4);
        breaker.answered();
        fail(4);
        assertThat(breaker.lets()).isTrue();
        assertThat(breaker.isOpen()).isFalse();

        fail(1);
        assertThat(breaker.lets()).isFalse();
        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void it_lets_one_through_now_and_then_until_that_is_answered() {
        fail(5);
        nanos += Duration.ofSeconds(2).toNanos();
        assertThat(breaker.lets()).isTrue();
        assertThat(breaker.lets()).isFalse();

        breaker.answered();
        assertThat(breaker.lets()).isTrue();
        assertThat(breaker.lets()).isTrue();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed();
        }
    }
}
