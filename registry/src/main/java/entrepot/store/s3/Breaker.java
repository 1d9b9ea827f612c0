package entrepot.store.s3;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Lets requests through as long as the store answers. After some failures one after the other it lets none through for
/// a while, and then one at a time, until one is answered.
final class Breaker {

    private static final int FAILURES = 5;
    private static final Duration REST = Duration.ofSeconds(2);

    private final LongSupplier nanos;
    private int failures;
    private long openUntil;

    Breaker() {
        this(System::nanoTime);
    }

    /// @param nanos a clock that is never set
    Breaker(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// Whether a request may be made now.
    synchronized boolean lets() {
        if (failures < FAILURES) {
            return true;
        }
        if (nanos.getAsLong() - openUntil < 0) {
            return false;
        }
        rest();
        return true;
    }

    /// Whether requests are turned away.
    synchronized boolean isOpen() {
        return failures >= FAILURES;
    }

    synchronized void answered() {
        failures = 0;
    }

    synchronized void failed() {
        failures++;
        rest();
    }

    private void rest() {
        openUntil = nanos.getAsLong() + REST.toNanos();
    }
}
