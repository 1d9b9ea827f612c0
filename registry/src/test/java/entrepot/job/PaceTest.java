package entrepot.job;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.operation.World;
import entrepot.store.ForwardedMetadata;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static Duration time(Pace pace, IntSupplier work) {
        var from = System.nanoTime();
        pace.of(work);
        return Duration.ofNanos(System.nanoTime() - from);
    }

    private static int working() {
        var ends = System.nanoTime() + 20_000_000;
        while (System.nanoTime() < ends) {
            Thread.onSpinWait();
        }
        return 1;
    }

    @Test
    void it_rests_so_many_times_as_long_as_it_worked() {
        assertThat(time(new Pace(0, 3), PaceTest::working)).isGreaterThanOrEqualTo(Duration.ofMillis(80));
    }

    @Test
    void it_does_no_more_in_a_second_than_it_may() {
        assertThat(time(new Pace(10, 0), () -> 2)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void where_one_thread_writes_for_all_it_leaves_them_most_of_the_time() {
        try (var world = World.withApp()) {
            assertThat(Pace.beside(world.metadata, 7)).isEqualTo(new Pace(7, 3));
        }
    }

    @Test
    void where_others_can_write_meanwhile_it_takes_half_of_the_time() {
        try (var world = World.withApp()) {
            var shared = new ForwardedMetadata(world.metadata) {
                @Override
                public boolean isShared() {
                    return true;
                }
            };
            assertThat(Pace.beside(shared, 7)).isEqualTo(new Pace(7, 1));
        }
    }
}
