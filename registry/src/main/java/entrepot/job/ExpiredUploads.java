package entrepot.job;

import entrepot.domain.LayerUpload;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Ends uploads that nobody has touched for as long as an upload may live, so that abandoned ones do not fill the disk.
///
/// @param expiry from the last byte on
public record ExpiredUploads(MetadataStore metadata, InstantSource clock, Duration expiry) implements Job {

    private static final int AT_ONCE = 500;
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration USUAL = Duration.ofMinutes(1);

    @Override
    public Scope scope() {
        return Scope.ONE_NODE;
    }

    @Override
    public Duration every() {
        var quarter = expiry.dividedBy(4);
        var often = quarter.compareTo(LEAST) < 0 ? LEAST : quarter;
        return often.compareTo(USUAL) < 0 ? often : USUAL;
    }

    @Override
    public boolean step(Failures failures) {
        var now = clock.instant();
        var expired = failures.untried(AT_ONCE, limit -> expired(now, limit));
        new Writes(metadata, failures).each(expired, (tx, upload) -> end(tx, upload, now));
        return expired.size() == AT_ONCE;
    }

    private List<LayerUpload> expired(Instant now, int limit) {
        return metadata.read(tx -> tx.uploads().untouchedSince(now.minus(expiry), limit));
    }

    /// Unless a client has touched it since it was found.
    private void end(Transaction tx, LayerUpload upload, Instant now) {
        if (tx.uploads().delete(upload) && upload.completedAs() == null) {
            tx.layers().discard(upload.blob(), now);
        }
    }
}
