package entrepot.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Haste;
import entrepot.store.ForwardedMetadata;
import entrepot.store.TestStores;
import entrepot.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class AccessCacheTest {

    private static final int MANY = 16;

    @AutoClose
    private final Slow store = new Slow();

    private final ClockByHand clock = new ClockByHand(Instant.EPOCH);
    private final AccessCache<String, Integer> cache = new AccessCache<>(store, clock, 10);

    /// Reads that end when they are told to.
    private static final class Slow extends ForwardedMetadata {
        private final AtomicInteger reads = new AtomicInteger();
        private final AtomicLong changes = new AtomicLong();
        private final CountDownLatch end = new CountDownLatch(1);

        Slow() {
            super(TestStores.metadata());
        }

        @Override
        public <T> T read(Function<Transaction, T> work) {
            reads.incrementAndGet();
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return super.read(work);
        }

        @Override
        public long accessChanges() {
            return changes.get();
        }
    }

    @Test
    void of_many_who_want_an_answer_at_once_one_asks() {
        var all = Stream.generate(() -> waiting(_ -> 7)).limit(MANY).toList();
        store.end.countDown();

        assertThat(all).allSatisfy(answer -> assertThat(answer.get()).isEqualTo(7));
        assertThat(store.reads).hasValue(1);
    }

    @Test
    void who_is_in_haste_neither_asks_nor_waits_nor_has_others_wait() throws Exception {
        var asking = waiting(_ -> 7);

        assertThatThrownBy(() -> Haste.during(() -> cache.get("key", _ -> 8))).isInstanceOf(Haste.Late.class);
        assertThatThrownBy(() -> Haste.during(() -> cache.get("other", _ -> 8))).isInstanceOf(Haste.Late.class);

        store.end.countDown();
        assertThat(asking.get()).isEqualTo(7);
        assertThat(cache.get("other", _ -> 9)).isEqualTo(9);
    }

    @Test
    void all_have_the_failure_and_the_next_one_asks_again() {
        var all = Stream.generate(() -> waiting(_ -> {
                    throw new IllegalStateException("away");
                }))
                .limit(MANY)
                .toList();
        store.end.countDown();

        assertThat(all)
                .allSatisfy(answer -> assertThatThrownBy(answer::get).cause().hasMessage("away"));
        assertThat(cache.get("key", _ -> 8)).isEqualTo(8);
        assertThat(store.reads).hasValue(2);
    }

    @Test
    void who_comes_after_a_change_does_not_wait_for_what_was_asked_before_it() throws Exception {
        var before = waiting(_ -> 1);
        store.changes.incrementAndGet();
        var after = waiting(_ -> 2);
        store.end.countDown();

        assertThat(before.get()).isEqualTo(1);
        assertThat(after.get()).isEqualTo(2);
    }

    @Test
    void an_answer_that_comes_late_is_only_for_who_asked() throws Exception {
        var asks = waiting(_ -> 1);
        var waits = waiting(_ -> 2);
        clock.move(Duration.ofSeconds(1));
        store.end.countDown();

        assertThat(asks.get()).isEqualTo(1);
        assertThat(waits.get()).isEqualTo(2);
    }

    /// Who wants the answer, and has come so far that he waits for it.
    private Future<Integer> waiting(Function<Transaction, Integer> ask) {
        var answer = new FutureTask<>(() -> cache.get("key", ask));
        var thread = Thread.ofPlatform().daemon().start(answer);
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return answer;
    }
}
