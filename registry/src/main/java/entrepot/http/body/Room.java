package entrepot.http.body;

import entrepot.domain.EveryApiError;
import entrepot.domain.RegistryException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Bytes that many hold at once, for as long as their clients like. Nobody may hold more than a part of what would be
/// left: who holds much cannot keep out who needs little, however many they are.
///
/// Source: Choudhury and Hahne, "Dynamic Queue Length Thresholds for Shared-Memory Packet Switches", 1998.
public final class Room {

    /// Each that waits may have 256 KiB of its body between socket and reader.
    private static final int MOST_WAITING = 64;

    private final int part;
    private final Duration patience;
    private final AtomicLong left;
    private final AtomicInteger waiting = new AtomicInteger();

    /// @param bytes that all may hold together
    /// @param part nobody may hold more than what is left divided by this
    /// @param patience how long one waits at most
    public Room(long bytes, int part, Duration patience) {
        this.left = new AtomicLong(bytes);
        this.part = part;
        this.patience = patience;
    }

    public long left() {
        return left.get();
    }

    /// Whether there is room for so many bytes now.
    boolean has(long bytes) {
        return bytes <= (left.get() - bytes) / part;
    }

    /// Takes bytes if there is room for them now.
    ///
    /// @param more bytes, beside those that are held
    /// @param held by the same holder already
    public boolean tryTake(long more, long held) {
        for (var now = left.get(); more + held <= (now - more) / part; now = left.get()) {
            if (left.compareAndSet(now, now - more)) {
                return true;
            }
        }
        return false;
    }

    /// Waits until there is room for them. Fails with `Throttling` where that takes too long, or too many wait.
    void take(long more, long held) {
        if (!tryTake(more, held) && !takenLater(more, held)) {
            throw new RegistryException(new EveryApiError.Throttling());
        }
    }

    private boolean takenLater(long more, long held) {
        try {
            return waiting.incrementAndGet() <= MOST_WAITING && takenInTime(more, held);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.decrementAndGet();
        }
    }

    private synchronized boolean takenInTime(long more, long held) throws InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        while (!tryTake(more, held)) {
            var millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }

    public void giveBack(long bytes) {
        left.addAndGet(bytes);
        if (waiting.get() > 0) {
            wake();
        }
    }

    private synchronized void wake() {
        notifyAll();
    }
}
