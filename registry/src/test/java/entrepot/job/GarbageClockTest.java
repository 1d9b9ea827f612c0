package entrepot.job;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.store.ForwardedMetadata;
import entrepot.store.MetadataStore;
import entrepot.store.TestStores;
import entrepot.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// GarbageClock: its time is what was seen pass, never more.
class GarbageClockTest {

    private static final Duration EVERY = Duration.ofMinutes(1);

    @AutoClose
    private final MetadataStore metadata = TestStores.metadata();

    private final AtomicLong nanos = new AtomicLong();
    private final GarbageClock here = new GarbageClock(metadata, EVERY, nanos::get);
    private final GarbageClock there = new GarbageClock(metadata, EVERY, nanos::get);
    private final Instant start = now();

    private Instant now() {
        return metadata.read(tx -> tx.garbage().now());
    }

    private Duration passed() {
        return Duration.between(start, now());
    }

    private void after(Duration time, GarbageClock clock) {
        nanos.addAndGet(time.toNanos());
        clock.runOnce();
    }

    @Test
    void what_passes_between_its_steps_counts() {
        after(EVERY, here);
        assertThat(passed()).isZero();
        after(EVERY, here);
        after(EVERY.plusSeconds(1), here);

        assertThat(passed()).isEqualTo(EVERY.multipliedBy(2).plusSeconds(1));
    }

    @Test
    void no_step_is_longer_than_two() {
        after(EVERY, here);
        after(Duration.ofDays(1), here);

        assertThat(passed()).isEqualTo(EVERY.multipliedBy(2));
    }

    @Test
    void two_nodes_do_not_make_it_run_twice_as_fast() {
        after(EVERY, here);
        after(EVERY, here);
        after(Duration.ZERO, there);
        after(EVERY, here);
        after(Duration.ZERO, there);
        after(EVERY, there);

        assertThat(passed()).isEqualTo(EVERY.multipliedBy(2));
    }

    /// While a step is under way others still read the time before.
    @Test
    void what_passes_while_a_step_is_written_does_not_count() {
        after(EVERY, here);
        var slow = new GarbageClock(new Slow(metadata, () -> nanos.addAndGet(EVERY.toNanos())), EVERY, nanos::get);
        after(EVERY, slow);
        after(EVERY, slow);
        after(EVERY, slow);

        assertThat(passed()).isEqualTo(EVERY.multipliedBy(2));
    }

    private static final class Slow extends ForwardedMetadata {
        private final Runnable meanwhile;

        Slow(MetadataStore metadata, Runnable meanwhile) {
            super(metadata);
            this.meanwhile = meanwhile;
        }

        @Override
        public <T> T transactGuarded(Function<Transaction, T> work) {
            var done = super.transactGuarded(work);
            meanwhile.run();
            return done;
        }
    }
}
