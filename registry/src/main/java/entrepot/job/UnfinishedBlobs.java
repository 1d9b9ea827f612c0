package entrepot.job;

import entrepot.domain.BlobKey;
import entrepot.store.BlobStore;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.time.InstantSource;

/// Ends what stores hold of uploads that are gone and did not come to a blob, as where a process died between two
/// steps.
///
/// @param expiry of an upload that nothing touches
public record UnfinishedBlobs(MetadataStore metadata, BlobStore blobs, InstantSource clock, Duration expiry)
        implements Job {

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
        failures.attempt(
                "unfinished uploads", () -> blobs.endUnfinished(clock.instant().minus(expiry), this::isWanted));
        return false;
    }

    private boolean isWanted(BlobKey key) {
        return metadata.read(tx -> tx.uploads().isOf(key));
    }
}
