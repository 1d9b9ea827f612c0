package entrepot.http.body;

import entrepot.domain.EveryApiError;
import entrepot.domain.RegistryException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// What requests and answers may take of the heap together. One half is for work that waits for no client, and is lent
/// in the order of asking; the other for what lies there until a client has sent or taken the rest, so that slow
/// clients cannot keep others from working. Who has a share of either waits for another only as long as patience goes.
public final class MemoryBudget {

    /// How long anybody waits for a share before the answer is 503.
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int UNIT = 1 << 10;
    private static final long LONGEST_MANIFEST = 48L << 20;

    /// Whoever needs less than 64th of what is left gets it.
    private static final int PART = 64;

    private final int units;
    private final Semaphore work;
    private final Duration patience;
    private final Room held;

    /// @param bytes in all
    public MemoryBudget(long bytes) {
        this(bytes, PATIENCE);
    }

    /// @param patience how long anybody waits
    public MemoryBudget(long bytes, Duration patience) {
        this.units = Math.clamp(bytes / 2 / UNIT, 1, Integer.MAX_VALUE);
        this.work = new Semaphore(units, true);
        this.patience = patience;
        this.held = new Room(bytes / 2, PART, patience);
    }

    /// Half of the heap.
    public static MemoryBudget ofHeap() {
        return new MemoryBudget(Runtime.getRuntime().maxMemory() / 2);
    }

    /// What a manifest, or a document with one, takes as bytes, text and tree at most, in bytes; as a tree the short
    /// ones
    /// take most for their length, since a manifest has no more than half a million tokens.
    public static long ofManifest(long length) {
        return Math.min(24 * length, LONGEST_MANIFEST);
    }

    /// The right to so much memory, until closed.
    public interface Lease extends AutoCloseable {
        @Override
        void close();
    }

    /// Waits until there is room for work that takes so many bytes, and waits for no client. What is larger than all
    /// that there is has it for itself alone. Fails with `Throttling` where the wait is long.
    public Lease reserve(long bytes) {
        var needed = Math.clamp((bytes + UNIT - 1) / UNIT, 1, units);
        if (!acquired(needed)) {
            throw new RegistryException(new EveryApiError.Throttling());
        }
        return () -> work.release(needed);
    }

    /// For what waits for a client.
    public Room held() {
        return held;
    }

    private boolean acquired(int needed) {
        try {
            return work.tryAcquire(needed, patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
