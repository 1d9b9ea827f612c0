package entrepot.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/// Many calls at one moment.
public final class Together {

    private Together() {}

    /// Runs a call for each of `callers` on a thread of its own, all begun before any goes on. Fails as the first
    /// one that fails.
    public static <T> List<T> call(int callers, IntFunction<Callable<T>> calls) {
        var start = new CountDownLatch(callers);
        var futures = new ArrayList<Future<T>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < callers; i++) {
                var call = calls.apply(i);
                futures.add(threads.submit(() -> {
                    start.countDown();
                    start.await();
                    return call.call();
                }));
            }
        }
        return futures.stream().map(Together::result).toList();
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("one of the calls failed", e);
        }
    }
}
