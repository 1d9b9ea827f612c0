package entrepot.job;

import entrepot.domain.BlobKey;
import entrepot.store.BlobStore;
import entrepot.store.MetadataStore;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes the bytes that metadata no longer wants. The row that says so goes last, so that nothing is forgotten.
public record DiscardedBlobs(MetadataStore metadata, BlobStore blobs, InstantSource clock) implements Job {

    private static final Logger LOG = LoggerFactory.getLogger(DiscardedBlobs.class);
    private static final int AT_ONCE = 500;

    @Override
    public Duration every() {
        return Duration.ofSeconds(10);
    }

    @Override
    public boolean step() {
        var keys = metadata.read(tx -> tx.layers().discarded(clock.instant(), AT_ONCE));
        var deleted = keys.stream().filter(this::delete).toList();
        if (!deleted.isEmpty()) {
            metadata.transact(tx -> {
                deleted.forEach(tx.layers()::forget);
                return List.of();
            });
        }
        return deleted.size() == AT_ONCE;
    }

    private boolean delete(BlobKey key) {
        try {
            blobs.delete(key);
            return true;
        } catch (IOException e) {
            LOG.warn("the bytes {} cannot be deleted and will be tried again", key, e);
            return false;
        }
    }
}
