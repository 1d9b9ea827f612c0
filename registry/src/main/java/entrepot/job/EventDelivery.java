package entrepot.job;

import entrepot.event.EventDeliveries;
import entrepot.event.EventTargets;
import entrepot.store.MetadataStore;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;

/// Tells targets of events.
public record EventDelivery(MetadataStore metadata, InstantSource clock, EventTargets targets) implements Job {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /// Where there is nobody to tell.
    private static final Duration LONG_PAUSE = Duration.ofHours(1);

    @Override
    public Scope scope() {
        return Scope.ONE_NODE;
    }

    @Override
    public Duration every() {
        return targets.all().isEmpty() ? LONG_PAUSE : PAUSE;
    }

    /// Goes on for as long as there is something to deliver.
    @Override
    public boolean step(Failures failures) {
        if (!targets.all().isEmpty()) {
            var failed = new EventDeliveries(metadata, clock, targets.all(), Fenced::carried).run();
            failed.forEach((address, why) -> failures.attempt(address, () -> {
                throw new IOException(why);
            }));
        }
        return false;
    }
}
