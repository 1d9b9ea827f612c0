package entrepot.job;

import entrepot.replication.Replicas;
import entrepot.replication.Replicating;
import entrepot.store.MetadataStore;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;

/// Brings images to the registries that their own replicates to.
public record ReplicationDelivery(MetadataStore metadata, InstantSource clock, Replicas replicas) implements Job {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Override
    public Scope scope() {
        return Scope.ONE_NODE;
    }

    @Override
    public Duration every() {
        return PAUSE;
    }

    /// Goes on for as long as there is something to bring.
    @Override
    public boolean step(Failures failures) {
        var failed = new Replicating(metadata, clock, replicas, Fenced::carried).run();
        failed.forEach((destination, why) -> failures.attempt(destination, () -> {
            throw new IOException(why);
        }));
        return false;
    }
}
