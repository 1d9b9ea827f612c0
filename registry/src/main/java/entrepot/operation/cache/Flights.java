package entrepot.operation.cache;

import entrepot.upstream.UpstreamException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What many ask for at once is done once, and all get what came of it. Whoever leaves does not end it.
final class Flights<K, V> {

    private final Map<K, CompletableFuture<V>> all = new ConcurrentHashMap<>();

    /// What comes of the work of somebody who asked for the same before and has no answer yet, or of this.
    ///
    /// @throws TimeoutException if the patience is over; the work goes on
    V get(K key, Duration patience, Callable<V> work) throws UpstreamException, TimeoutException {
        var flight = all.computeIfAbsent(key, _ -> begin(key, work));
        try {
            return flight.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(Objects.requireNonNull(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException();
        }
    }

    private static UpstreamException failure(Throwable cause) {
        return switch (cause) {
            case UpstreamException e -> e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(cause);
        };
    }

    private CompletableFuture<V> begin(K key, Callable<V> work) {
        var flight = new CompletableFuture<V>();
        Thread.ofVirtual().name("upstream-manifest").start(() -> fly(key, work, flight));
        return flight;
    }

    /// Those who ask later begin anew, also where this fails.
    private void fly(K key, Callable<V> work, CompletableFuture<V> flight) {
        try {
            var result = work.call();
            all.remove(key);
            flight.complete(result);
        } catch (Throwable e) { // told to whoever waits
            all.remove(key);
            flight.completeExceptionally(e);
        }
    }
}
