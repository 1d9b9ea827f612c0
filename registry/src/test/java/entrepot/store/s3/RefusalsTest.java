package entrepot.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    private long now = Long.MAX_VALUE - 5; // as System.nanoTime, which may run over
    private final Refusals refusals = new Refusals(() -> now);

    private void refuse(int count) {
        for (int i = 0; i < count; i++) {
            refusals.add(true);
        }
    }

    @Test
    void after_many_in_a_row_it_is_not_tried_for_a_while() {
        assertThat(refusals.areMany()).isFalse();
        refuse(Refusals.MANY);
        assertThat(refusals.areMany()).isTrue();

        now += Refusals.PAUSE.minus(Duration.ofSeconds(1)).toNanos();
        assertThat(refusals.areMany()).isTrue();
        now += Duration.ofSeconds(1).toNanos();
        assertThat(refusals.areMany()).isFalse();
    }

    @Test
    void those_with_an_answer_between_them_are_not_in_a_row() {
        refuse(Refusals.MANY - 1);
        refusals.add(false);
        refuse(Refusals.MANY - 1);
        assertThat(refusals.areMany()).isFalse();
    }
}
