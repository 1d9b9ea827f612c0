package entrepot.http.body;

import entrepot.domain.EveryApiError;
import entrepot.domain.RegistryException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// What requests and answers may take of the heap together. Two thirds are for work that waits for no client, and are
/// lent in the order of asking; the other for what lies there until a client has sent or taken the rest, so that
/// slow clients cannot keep others from working. Of the first, half is for small work alone, which never stands
/// behind what is large. Whoever finds none waits for as long as patience goes.
public final class MemoryBudget {

    /// How long anybody waits for a share before the answer is 503.
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int UNIT = 1 << 10;
    private static final long LONGEST_MANIFEST = 32L << 20;

    /// Whoever holds no more than a 64th of what is left gets it.
    private static final int PART = 64;

    /// Small is what takes no more than a 16th of what all work may take.
    private static final int SMALL = 16;

    private final int small;
    private final Share ofSmall;
    private final Share ofLarge;
    private final Duration patience;
    private final Room held;

    /// @param bytes in all
    public MemoryBudget(long bytes) {
        this(bytes, PATIENCE);
    }

    /// @param patience how long anybody waits
    public MemoryBudget(long bytes, Duration patience) {
        var units = Math.clamp(bytes / 3 * 2 / UNIT, 2, Integer.MAX_VALUE);
        this.small = units / SMALL;
        this.ofSmall = new Share(units / 2);
        this.ofLarge = new Share(units - units / 2);
        this.patience = patience;
        this.held = new Room(bytes / 3, PART, patience);
    }

    /// Three sixteenths of the heap. With more of it in use for long the collector would run all the time.
    public static MemoryBudget ofHeap() {
        return new MemoryBudget(Runtime.getRuntime().maxMemory() / 16 * 3);
    }

    /// What a manifest, or a document with one, takes as bytes, text and tree at most, in bytes; as a tree the short
    /// ones take most for their length, since no manifest has more than 320,000 tokens.
    public static long ofManifest(long length) {
        return Math.min(24 * length, LONGEST_MANIFEST);
    }

    /// The right to so much memory, until closed.
    public interface Lease extends AutoCloseable {
        @Override
        void close();
    }

    /// Waits until there is room for work that takes so many bytes, and waits for no client. What is larger than all
    /// that there is for large work has that for itself alone. Fails with `Throttling` where the wait is long.
    public Lease reserve(long bytes) {
        var needed = Math.clamp((bytes + UNIT - 1) / UNIT, 1, Integer.MAX_VALUE);
        return (needed <= small ? ofSmall : ofLarge).lend(needed, patience);
    }

    /// For what waits for a client.
    public Room held() {
        return held;
    }

    private record Share(int units, Semaphore free) {
        Share(int units) {
            this(units, new Semaphore(units, true));
        }

        Lease lend(int needed, Duration patience) {
            var taken = Math.min(needed, units);
            if (!acquired(taken, patience)) {
                throw new RegistryException(new EveryApiError.Throttling());
            }
            return () -> free.release(taken);
        }

        private boolean acquired(int count, Duration patience) {
            try {
                return free.tryAcquire(count, patience.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
