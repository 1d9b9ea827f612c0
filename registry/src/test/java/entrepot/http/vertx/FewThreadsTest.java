package entrepot.http.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class FewThreadsTest {

    private static final int FEW = 2;

    @AutoClose
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    private FewThreads few(FewThreads.Timer timer) {
        return new FewThreads(Executors.newVirtualThreadPerTaskExecutor(), FEW, timer);
    }

    private void after(long millis, Runnable look) {
        var _ = timer.schedule(look, millis, TimeUnit.MILLISECONDS);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void all_of_much_short_work_is_done_by_few_at_once() {
        var atOnce = new AtomicInteger();
        var most = new AtomicInteger();
        var done = new CountDownLatch(10_000);
        var few = few((_, _) -> {}); // nobody looks, so nobody comes to help

        for (var i = 0; i < 10_000; i++) {
            few.execute(() -> {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                LockSupport.parkNanos(1); // so that others run
                atOnce.decrementAndGet();
                done.countDown();
            });
        }

        await(done);
        assertThat(most.get()).isBetween(1, FEW);
    }

    @Test
    void long_work_holds_up_nobody_for_long() {
        var end = new CountDownLatch(1);
        var done = new CountDownLatch(500 * FEW);
        var begun = new CountDownLatch(500 * FEW);
        var brief = new CountDownLatch(1);
        var few = few(this::after);

        for (var i = 0; i < 500 * FEW; i++) {
            few.execute(() -> {
                threads.add(Thread.currentThread());
                begun.countDown();
                await(end);
                done.countDown();
            });
        }
        few.execute(brief::countDown);

        await(brief);
        await(begun);
        assertThat(threads).hasSize(500 * FEW);
        end.countDown();
        await(done);
    }

    /// Each is over after a while, so that one is taken now and then; that is no reason to let the others wait.
    @Test
    void where_each_waits_a_little_many_wait_at_once() {
        var atOnce = new AtomicInteger();
        var most = new AtomicInteger();
        var done = new CountDownLatch(1_000);
        var few = few(this::after);

        for (var i = 0; i < 1_000; i++) {
            few.execute(() -> {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5 + atOnce.get() % 50));
                atOnce.decrementAndGet();
                done.countDown();
            });
        }

        await(done);
        assertThat(most.get()).isGreaterThan(2 * FEW);
    }

    @Test
    void who_leaves_makes_room_at_once() {
        var end = new CountDownLatch(1);
        var left = new CountDownLatch(500 * FEW);
        var few = few((_, _) -> {});

        for (var i = 0; i < 500 * FEW; i++) {
            few.execute(() -> {
                FewThreads.leave();
                left.countDown();
                await(end);
            });
        }

        await(left);
        end.countDown();
        FewThreads.leave(); // of nobody
    }
}
