package entrepot.operation.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TurnsTest {

    private final Turns turns = new Turns(2);
    private final CountDownLatch inside = new CountDownLatch(2);
    private final CountDownLatch over = new CountDownLatch(1);

    @Test
    @Timeout(20)
    void one_more_than_may_go_on_at_once_waits_for_another_s_end() throws InterruptedException {
        var third = new AtomicInteger();
        var holders = new Thread[] {Thread.startVirtualThread(this::hold), Thread.startVirtualThread(this::hold)};
        inside.await();

        var late = Thread.startVirtualThread(() -> turns.take(third::incrementAndGet));
        while (late.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(third.get()).isZero();

        over.countDown();
        late.join();
        assertThat(third.get()).isOne();
        for (var holder : holders) {
            holder.join();
        }
    }

    private void hold() {
        turns.take(() -> {
            inside.countDown();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return 0;
        });
    }

    @Test
    void who_fails_gives_its_turn_back() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> turns.take(() -> {
                        throw new IllegalStateException();
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(turns.take(() -> "still")).isEqualTo("still");
    }
}
