package entrepot.store;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import entrepot.domain.RegistryException;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// Two works at the same moment, each in a transaction of its own: neither goes on from where it has looked before the
/// other one has, where the store lets both get there.
///
/// @param first whether the first one was done, and not refused
/// @param second whether the second one was
record Race(boolean first, boolean second) {

    private static final long PATIENCE = 200;

    /// Looks, calls, and writes.
    interface Work {
        void run(Transaction tx, Runnable hasLooked);
    }

    /// How a work is run.
    interface Store {
        boolean run(Function<Transaction, Boolean> work);
    }

    static Race of(Store store, Work first, Work second) throws InterruptedException {
        return of(store, first, store, second);
    }

    static Race of(Store store, Work first, Store other, Work second) throws InterruptedException {
        var both = new CyclicBarrier(2);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var one = threads.submit(() -> isDone(store, first, both));
            var two = threads.submit(() -> isDone(other, second, both));
            return new Race(one.get(), two.get());
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    boolean exactlyOne() {
        return first != second;
    }

    private static boolean isDone(Store store, Work work, CyclicBarrier both) {
        var waits = new AtomicBoolean(true);
        try {
            return store.run(tx -> {
                work.run(tx, () -> {
                    if (waits.getAndSet(false)) {
                        meet(both);
                    }
                });
                return true;
            });
        } catch (RegistryException refused) {
            return false;
        }
    }

    private static void meet(CyclicBarrier both) {
        try {
            both.await(PATIENCE, MILLISECONDS);
        } catch (TimeoutException | BrokenBarrierException theStoreLetsOneAtATime) {
            // and then there is no race to be lost
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
