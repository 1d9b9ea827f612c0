package entrepot.job;

import entrepot.store.MetadataStore;
import java.time.Duration;

/// Drops what has been kept for long enough, a little at a time; all of it where nothing is to be kept.
///
/// @param keep how long it is, in collection's time
/// @param atMost from run to run
record OldHistory(MetadataStore metadata, Duration keep, Duration atMost) implements Job {

    /// Images, each of which may have a hundred blobs.
    private static final int ROWS = 50;

    private static final Duration USUAL = Duration.ofSeconds(10);

    @Override
    public Scope scope() {
        return Scope.ONE_NODE;
    }

    @Override
    public Duration every() {
        return atMost.compareTo(USUAL) < 0 ? atMost : USUAL;
    }

    @Override
    public boolean step(Failures failures) {
        return metadata.<Boolean>read(tx -> tx.history().isOlder(keep))
                && metadata.<Boolean>transactGuarded(tx -> tx.history().drop(keep, ROWS));
    }
}
