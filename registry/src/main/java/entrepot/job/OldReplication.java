package entrepot.job;

import entrepot.store.MetadataStore;
import java.time.Duration;
import java.time.InstantSource;

/// Forgets backfills that ended some time ago, and rules that were replaced and by which nothing goes any more.
public record OldReplication(MetadataStore metadata, InstantSource clock) implements Job {

    private static final Duration PAUSE = Duration.ofHours(1);

    /// Source: ECR API, ListReplicationBackfills.
    private static final Duration BACKFILLS = Duration.ofDays(90);

    /// Longer than any push takes that has seen them.
    private static final Duration RULES = Duration.ofDays(1);

    /// Where they go nobody keeps them for longer.
    private static final Duration UPLOADS = Duration.ofDays(7);

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
        return metadata.transactGuarded(tx -> {
            tx.backfills().forget(now.minus(BACKFILLS));
            tx.replication().forgetRules(now.minus(RULES));
            tx.replication().forgetUploads(now.minus(UPLOADS));
            return false;
        });
    }
}
