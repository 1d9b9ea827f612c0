package entrepot.store.s3;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers `403` one after the other: after some, it is not tried for a while.
final class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    static final int MANY = 5;
    static final Duration PAUSE = Duration.ofMinutes(1);

    private final LongSupplier clock;
    private final AtomicInteger inARow = new AtomicInteger();
    private final AtomicLong pausedUntil;

    /// @param clock in nanoseconds, as `System.nanoTime`
    Refusals(LongSupplier clock) {
        this.clock = clock;
        this.pausedUntil = new AtomicLong(clock.getAsLong());
    }

    boolean areMany() {
        return pausedUntil.get() - clock.getAsLong() > 0;
    }

    void add(boolean isRefused) {
        if (!isRefused) {
            if (inARow.get() != 0) {
                inARow.set(0);
            }
        } else if (inARow.incrementAndGet() == MANY) {
            pausedUntil.set(clock.getAsLong() + PAUSE.toNanos());
            inARow.set(0);
            LOG.warn(
                    "S3 refused {} requests in a row (is this clock right?): for {} they go through the SDK alone",
                    MANY,
                    PAUSE);
        }
    }
}
