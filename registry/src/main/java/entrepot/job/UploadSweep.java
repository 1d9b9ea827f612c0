package entrepot.job;

import entrepot.store.MetadataStore;
import java.time.Duration;
import java.time.InstantSource;

/// Ends uploads that nobody has touched for as long as an upload may live, so that abandoned ones do not fill the disk.
///
/// @param expiry from the last byte on
public record UploadSweep(MetadataStore metadata, InstantSource clock, Duration expiry) implements Job {

    private static final int AT_ONCE = 500;

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public boolean step() {
        return metadata.transact(tx -> {
            var now = clock.instant();
            var expired = tx.uploads().untouchedSince(now.minus(expiry), AT_ONCE);
            for (var upload : expired) {
                tx.uploads().delete(upload.id());
                if (upload.completedAs() == null) {
                    tx.layers().discard(upload.id().blobKey(), now);
                }
            }
            return expired.size() == AT_ONCE;
        });
    }
}
