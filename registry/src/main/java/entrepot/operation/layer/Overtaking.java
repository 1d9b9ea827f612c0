package entrepot.operation.layer;

import entrepot.domain.BlobKey;
import entrepot.domain.LayerUpload;
import entrepot.domain.Repository;
import entrepot.domain.UploadId;
import entrepot.store.BlobStore;
import entrepot.store.LostRaceException;
import entrepot.store.Transaction;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How a request comes to be the only one that writes an upload, at whichever node others are at it. The newest one
/// counts up the upload's turn, by which older ones find that nothing counts any more of what they bring.
///
/// @param hold of the upload at this node
record Overtaking(LayerUploads uploads, Hold hold, Repository repository, UploadId id) {

    /// How long bytes stay that gave way before they counted: who was at them may still be sending some.
    static final Duration LATE_BYTES = Duration.ofHours(1);

    /// The upload, for who is about to add to it.
    ///
    /// @param now when others were overtaken
    LayerUpload toWrite(Instant now) {
        return uploads.metadata().isShared() ? taken(now) : uploads.require(repository, id);
    }

    /// The same for who adds nothing to it: nobody is overtaken who is at it, unless he is in the way.
    LayerUpload toComplete(Instant now) {
        if (uploads.metadata().isShared() && !hold.keepsOut(this::kept)) {
            return taken(now);
        }
        var upload = uploads.require(repository, id);
        hold.knows(upload.turn(), upload.turn());
        return upload;
    }

    private LayerUpload taken(Instant now) {
        var fresh = UploadId.random(now).blobKey();
        var upload = uploads.metadata().transactGuarded(tx -> take(tx, fresh, now));
        if (upload.completedAs() != null) {
            return upload;
        }
        hold.watch(() -> !isMine(upload.turn()));
        if (!hold.keepsOutSoon(this::kept) || !isMine(upload.turn())) {
            throw hold.busy();
        }
        if (upload.blob().equals(fresh)) {
            LayerUploads.storing(() -> makeRoom(upload));
        }
        hold.knows(upload.turn() - 1, upload.turn());
        return uploads.standing(repository, upload);
    }

    private LayerUpload take(Transaction tx, BlobKey fresh, Instant now) {
        var seen = tx.uploads()
                .find(id)
                .filter(found -> found.repositoryId() == repository.id())
                .orElseThrow(() -> LayerUploads.notFound(repository, id));
        if (seen.completedAs() != null) {
            return seen;
        }
        var next = seen.taken(fresh);
        if (!next.blob().equals(seen.blob())) {
            tx.layers().discard(seen.blob(), now.plus(LATE_BYTES));
        }
        if (!tx.uploads().advance(seen, next)) {
            throw new LostRaceException("the upload was taken over by another request");
        }
        return next;
    }

    private boolean isMine(long turn) {
        return uploads.metadata()
                .<Optional<LayerUpload>>ask(tx -> tx.uploads().find(id))
                .filter(found -> found.turn() == turn && found.completedAs() == null)
                .isPresent();
    }

    /// By the name of the upload, wherever its bytes lie.
    private Optional<BlobStore.Held> kept() throws IOException {
        return uploads.vault().blobs(null).hold(id.blobKey());
    }

    private LayerUpload makeRoom(LayerUpload upload) throws IOException {
        uploads.blobs(upload).create(upload.blob());
        return upload;
    }
}
