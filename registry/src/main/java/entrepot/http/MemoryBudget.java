package entrepot.http;

import entrepot.domain.Content;
import entrepot.domain.RegistryError;
import entrepot.domain.RegistryException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Lets only so many requests at a time hold a large body in memory as fit into half of the heap, in the order in
/// which they came. A lease is for work that waits for no client: a slow one would keep it from all others. Small
/// bodies need no lease: there are never enough of them at once.
public final class MemoryBudget {

    private static final long SMALL = 256 << 10;

    /// What one large body may take while it is worked on, in bytes: the longest manifest, as bytes, text and tree.
    private static final long EACH = 32L << 20;

    private static final long PATIENCE_SECONDS = 30;

    private final Semaphore large;

    /// @param bytes that large bodies may take together
    public MemoryBudget(long bytes) {
        this.large = new Semaphore(Math.clamp(bytes / EACH, 1, Integer.MAX_VALUE), true);
    }

    public static MemoryBudget ofHeap() {
        return new MemoryBudget(Runtime.getRuntime().maxMemory() / 2);
    }

    /// The right to hold a body, until closed.
    public interface Lease extends AutoCloseable {
        @Override
        void close();
    }

    /// Waits until there is room for this body. One whose length is not announced counts as large. Fails with
    /// `Throttling` where the wait is long.
    public Lease reserve(Content body) {
        if (body.length() >= 0 && body.length() <= SMALL) {
            return () -> {};
        }
        return reserve();
    }

    /// Waits until there is room for a body whose length is not known yet.
    public Lease reserve() {
        if (!acquired()) {
            throw new RegistryException(new RegistryError.Throttling());
        }
        return large::release;
    }

    private boolean acquired() {
        try {
            return large.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
