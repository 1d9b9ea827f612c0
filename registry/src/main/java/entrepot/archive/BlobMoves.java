package entrepot.archive;

import entrepot.domain.BlobKey;
import entrepot.domain.GarbageRules;
import entrepot.domain.UploadId;
import entrepot.store.ArchivedBlobs.Lying;
import entrepot.store.BlobStore;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Brings bytes where they are to lie. Whenever it ends, the blob's row names bytes that are whole: they are copied
/// under a new key, which is to be deleted until the row names it, and what the row named before is to be deleted then.
///
/// @param rules how long bytes stay that gave way to others
public record BlobMoves(MetadataStore metadata, BlobPlaces places, GarbageRules rules, InstantSource clock) {

    /// No copy takes longer, and a longer one is in vain. Nobody who hastens a deletion hastens it by so much.
    private static final Duration LONGEST_COPY = Duration.ofHours(24);

    /// Looks at one that may lie in the wrong place.
    ///
    /// @throws IOException if it cannot be moved; it stays where it is, and is looked at again
    public void look(long blob) throws IOException {
        var astray = metadata.<Optional<Lying>>transactGuarded(tx -> {
            var held = tx.archivedBlobs().hold(blob);
            var lying = tx.archivedBlobs().lying(blob).filter(this::isAstray);
            if (lying.isEmpty()) {
                tx.archivedBlobs().settle(held);
            }
            return lying;
        });
        if (astray.isPresent()) {
            move(astray.get());
        }
    }

    /// Where there is no archive, what is in one stays until it is used.
    private boolean isAstray(Lying lying) {
        return lying.isArchived() != (lying.belongsThere() && (lying.isArchived() || places.archive() != null));
    }

    private void move(Lying lying) throws IOException {
        var to = UploadId.random(clock.instant()).blobKey();
        var archive = places.archive();
        var target = lying.isArchived() || archive == null ? places.blobs() : archive;
        var unlessNamed = rules.downloadGrace().plus(rules.slack()).plus(LONGEST_COPY);
        metadata.transact(tx -> discard(tx, to, lying, unlessNamed));
        var isForNothing = true;
        try {
            places.copy(lying.blob(), to, target, this::stayAlive);
            isForNothing = false; // unless it is said: a commit that nobody answered may have been one
            isForNothing = !metadata.<Boolean>transactGuarded(tx -> name(tx, lying, to));
        } finally {
            if (isForNothing) {
                forget(to, target);
            }
        }
    }

    /// Nobody else takes the job over while bytes are copied.
    private void stayAlive() {
        metadata.transactGuarded(_ -> true);
    }

    private boolean discard(Transaction tx, BlobKey key, Lying lying, Duration stay) {
        tx.layers().discard(key, lying.blob().size(), clock.instant(), stay);
        return true;
    }

    /// Says whether it is as it was seen.
    private boolean name(Transaction tx, Lying seen, BlobKey to) {
        var blob = seen.blob();
        var held = tx.archivedBlobs().hold(blob.id());
        if (!tx.archivedBlobs().lying(blob.id()).equals(Optional.of(seen))) {
            return false;
        }
        tx.archivedBlobs().moved(blob, to, !seen.isArchived());
        tx.archivedBlobs().settle(held);
        return discard(tx, blob.key(), seen, rules.replacedStay());
    }

    /// The row goes last: what it names is in nobody's use.
    private void forget(BlobKey key, BlobStore target) throws IOException {
        target.delete(key);
        metadata.transact(tx -> {
            tx.layers().forget(key);
            return key;
        });
    }
}
