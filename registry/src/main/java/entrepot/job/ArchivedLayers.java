package entrepot.job;

import entrepot.archive.Activations;
import entrepot.archive.BlobMoves;
import entrepot.store.Archive.Activating;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Brings the bytes of layers that only archived images use into the archive, and back, and lets images be pulled that
/// have come back. Once a day it looks at all that is archived, for what nobody wrote down.
public final class ArchivedLayers implements Job {

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int AT_ONCE = 20;
    private static final int ROWS = 200;

    private final MetadataStore metadata;
    private final InstantSource clock;
    private final BlobMoves moves;
    private final Activations activations;

    private Instant walkDue = Instant.EPOCH;
    private long afterImage;
    private long afterBlob;

    ArchivedLayers(MetadataStore metadata, InstantSource clock, BlobMoves moves) {
        this.metadata = metadata;
        this.clock = clock;
        this.moves = moves;
        this.activations = new Activations(metadata, clock);
    }

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
        var blobs = failures.untried(
                AT_ONCE, limit -> metadata.read(tx -> tx.archivedBlobs().looks(limit)));
        blobs.forEach(blob -> failures.attempt(blob, () -> moves.look(blob)));
        if (blobs.size() == AT_ONCE) {
            return true;
        }
        activate(failures);
        return walk();
    }

    private void activate(Failures failures) {
        long after = 0;
        List<Activating> page;
        do {
            page = activations.waiting(after, ROWS);
            page.forEach(image -> failures.attempt(image, () -> activations.look(image)));
            after = page.isEmpty() ? after : page.getLast().image().id();
        } while (page.size() == ROWS);
    }

    /// Says whether there is more of it.
    private boolean walk() {
        if (moves.places().archive() == null || clock.instant().isBefore(walkDue)) {
            return false;
        }
        var image = metadata.<Optional<Long>>transact(tx -> tx.archivedBlobs().lookAtImages(afterImage, ROWS));
        var blob = metadata.<Optional<Long>>transact(tx -> tx.archivedBlobs().lookAtBlobs(afterBlob, ROWS));
        afterImage = image.orElse(afterImage);
        afterBlob = blob.orElse(afterBlob);
        if (image.isEmpty() && blob.isEmpty()) {
            afterImage = 0;
            afterBlob = 0;
            walkDue = clock.instant().plus(DAY);
            return false;
        }
        return true;
    }
}
