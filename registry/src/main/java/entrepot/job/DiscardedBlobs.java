package entrepot.job;

import entrepot.domain.BlobKey;
import entrepot.store.BlobStore;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Deletes the bytes that metadata no longer wants. The row that says so goes last, so that nothing is forgotten. What
/// cannot be deleted waits behind the rest.
public record DiscardedBlobs(MetadataStore metadata, BlobStore blobs, InstantSource clock) implements Job {

    private static final int AT_ONCE = 500;
    private static final Duration TRIED_AGAIN_AFTER = Duration.ofMinutes(10);

    @Override
    public Scope scope() {
        return Scope.ONE_NODE;
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(10);
    }

    @Override
    public boolean step(Failures failures) {
        var keys = failures.untried(AT_ONCE, this::due);
        var kept = blobs.deleteAll(keys);
        kept.forEach((key, failure) -> failures.attempt(key, () -> {
            throw failure;
        }));
        var later = clock.instant().plus(TRIED_AGAIN_AFTER);
        new Writes(metadata, failures).each(keys, (tx, key) -> {
            if (kept.containsKey(key)) {
                tx.layers().discard(key, later);
            } else {
                tx.layers().forget(key);
            }
        });
        return keys.size() == AT_ONCE;
    }

    private List<BlobKey> due(int limit) {
        return metadata.read(tx -> tx.layers().discarded(clock.instant(), limit));
    }
}
