package entrepot.job;

import entrepot.store.MetadataStore;
import java.time.Duration;

/// Looks, once and then once a week, for what is in nobody's use though nobody wrote that down: a version before
/// collection did not, nor did a move.
record MissedGarbage(MetadataStore metadata) implements Job {

    private static final int AT_ONCE = 500;
    private static final Duration WEEK = Duration.ofDays(7);

    @Override
    public Scope scope() {
        return Scope.ONE_NODE;
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public boolean step(Failures failures) {
        return metadata.<Boolean>read(tx ->
                        tx.garbage().walked().plus(WEEK).isBefore(tx.garbage().now()))
                && metadata.<Boolean>transactGuarded(tx -> tx.garbage().walk(AT_ONCE));
    }
}
