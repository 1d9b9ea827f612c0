package entrepot.job;

import entrepot.event.EventTargets;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets events that were delivered some time ago, and drops the oldest ones where there are more than may be.
public record OldEvents(MetadataStore metadata, InstantSource clock, EventTargets targets) implements Job {

    private static final Logger LOG = LoggerFactory.getLogger(OldEvents.class);

    private static final int AT_ONCE = 1_000;
    private static final Duration PAUSE = Duration.ofSeconds(60);

    /// What waits for so long for a target that is not configured any more is not told.
    private static final Duration PATIENCE = Duration.ofHours(24);

    @Override
    public Scope scope() {
        return Scope.ONE_NODE;
    }

    @Override
    public Duration every() {
        return PAUSE;
    }

    @Override
    public boolean step(Failures failures) {
        var now = clock.instant();
        var forgotten = forget(now.minus(targets.rules().kept()));
        var left = metadata.<Integer>transactGuarded(
                tx -> tx.events().leave(targets.names(), now.minus(PATIENCE), AT_ONCE));
        return drop() || forgotten == AT_ONCE || left >= AT_ONCE;
    }

    /// Looks for them before anybody who writes waits.
    private int forget(Instant before) {
        var old = metadata.read(tx -> tx.events().old(before, AT_ONCE));
        if (!old.isEmpty()) {
            metadata.transactGuarded(tx -> {
                tx.events().forget(old);
                return old;
            });
        }
        return old.size();
    }

    /// Says whether there may be more to drop.
    private boolean drop() {
        var excess =
                metadata.<Long>read(tx -> tx.events().excess(targets.rules().most()));
        if (excess == 0) {
            return false;
        }
        var oldest = (int) Math.min(excess, AT_ONCE);
        var undelivered = metadata.<Integer>transactGuarded(tx -> tx.events().drop(oldest));
        targets.dropped().add(undelivered);
        if (undelivered > 0) {
            LOG.warn(
                    "dropped {} events before they were delivered, since more than event-queue.events wait",
                    undelivered);
        }
        return excess > oldest;
    }
}
