package entrepot.job;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the log how a job fares. Each kind of failure is told once an hour, so that what fails at every run does not
/// flood the log; in between it can be had on level debug.
final class Complaints {

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final long AGAIN_AFTER = Duration.ofHours(1).toNanos();

    private final String job;
    private final Map<Class<?>, Long> told = new HashMap<>();
    private boolean isIll;

    Complaints(String job) {
        this.job = job;
    }

    /// A run has ended.
    ///
    /// @param failure null if all went well
    void tell(@Nullable String failure, @Nullable Throwable cause) {
        if (cause == null) {
            recovered();
        } else if (isDue(cause.getClass())) {
            isIll = true;
            LOG.warn("{} failed and will run again: {}", job, failure, cause);
        } else {
            LOG.debug("{} failed as before and will run again: {}", job, failure, cause);
        }
    }

    private void recovered() {
        if (isIll) {
            isIll = false;
            LOG.info("{} went well again", job);
        }
    }

    private boolean isDue(Class<?> kind) {
        var now = System.nanoTime();
        var last = told.get(kind);
        var isDue = last == null || now - last > AGAIN_AFTER;
        if (isDue) {
            told.put(kind, now);
        }
        return isDue;
    }
}
