package entrepot.sealing;

import entrepot.domain.EveryApiError;
import entrepot.domain.RegistryException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// How many ranges of sealed blobs are opened, or written, at a time: each holds two segments until its client has
/// taken the bytes, or sent them, so clients that stand still must not be many. Whoever finds no place waits, and fails
/// with `Throttling` after that.
final class Openings {

    private static final int HELD = Segments.SEALED + Segments.PLAIN;
    private static final int FEWEST = 4;
    private static final int MOST = 1 << 16;

    private final Semaphore places;
    private final Duration patience;

    Openings(int most, Duration patience) {
        this.places = new Semaphore(most, true);
        this.patience = patience;
    }

    /// As many as an eighth of the heap holds.
    static Openings ofHeap() {
        var most = Math.clamp(Runtime.getRuntime().maxMemory() / 8 / HELD, FEWEST, MOST);
        return new Openings(most, Duration.ofSeconds(10));
    }

    /// A place, until closed.
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    Place take() {
        if (!isTaken()) {
            throw new RegistryException(new EveryApiError.Throttling());
        }
        return places::release;
    }

    private boolean isTaken() {
        try {
            return places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
