package entrepot.job;

import entrepot.store.MetadataStore;
import java.time.Duration;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Has collection's own time go on, by what this process has seen pass and no more, so that nothing goes early where a
/// clock is set, or nobody was up.
final class GarbageClock implements Job {

    private final MetadataStore metadata;
    private final Duration every;
    private final LongSupplier nanos;
    private final String name = UUID.randomUUID().toString();
    private @Nullable Long last;

    /// @param nanos as `System.nanoTime`
    GarbageClock(MetadataStore metadata, Duration every, LongSupplier nanos) {
        this.metadata = metadata;
        this.every = every;
        this.nanos = nanos;
    }

    @Override
    public Scope scope() {
        return Scope.ONE_NODE;
    }

    @Override
    public Duration every() {
        return every;
    }

    /// What passes is counted from the end of the last step: while one is under way, others still read the time before.
    /// Where it is not known whether that was written, nothing has passed.
    @Override
    public boolean step(Failures failures) {
        var passed = passed();
        last = null;
        metadata.transactGuarded(tx -> tx.garbage().advance(name, passed));
        last = nanos.getAsLong();
        return false;
    }

    private Duration passed() {
        var from = last;
        if (from == null) {
            return Duration.ZERO;
        }
        var seen = Duration.ofNanos(nanos.getAsLong() - from);
        var most = every.multipliedBy(2);
        return seen.compareTo(most) < 0 ? seen : most;
    }
}
