package entrepot.job;

import entrepot.domain.ImageScan;
import entrepot.store.MetadataStore;
import java.time.Duration;

/// Takes away scans that are shown no more, with what they found.
public record OldScans(MetadataStore metadata) implements Job {

    private static final int AT_ONCE = 20;
    private static final int ROWS = 500;

    @Override
    public Scope scope() {
        return Scope.ONE_NODE;
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(60);
    }

    @Override
    public boolean step(Failures failures) {
        var over = failures.untried(
                AT_ONCE, limit -> metadata.read(tx -> tx.scans().over(limit)));
        over.forEach(scan -> failures.attempt(scan, () -> remove(scan)));
        return over.size() == AT_ONCE;
    }

    private void remove(ImageScan scan) {
        boolean more;
        do {
            more = metadata.transact(tx -> tx.scans().removeFindings(scan, ROWS));
        } while (more);
        metadata.transact(tx -> {
            tx.scans().remove(scan);
            return scan;
        });
    }
}
