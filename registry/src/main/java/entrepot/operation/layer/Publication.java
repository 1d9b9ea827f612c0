package entrepot.operation.layer;

import entrepot.domain.Digest;
import entrepot.domain.LayerUpload;
import entrepot.domain.Repository;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.store.Layers;
import entrepot.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An upload about to become a layer of its repository.
///
/// @param known the blob that the digest had when its bytes were looked at
/// @param whole whether those bytes are there, all of them, so that the upload's own are not needed
record Publication(
        Repository repository, LayerUpload upload, Digest digest, Optional<Layers.Blob> known, boolean whole) {

    /// Says whether the layer is new to the repository, or nothing if the digest has another blob by now than was
    /// looked at: whose bytes those are, only another look can tell.
    Optional<Boolean> write(Transaction tx, Instant now) {
        RepositoryLookup.require(tx, repository.registry(), repository.name());
        if (tx.uploads().find(upload.id()).isEmpty()) {
            throw LayerUploads.notFound(repository, upload.id());
        }
        if (!tx.layers().blob(digest).equals(known)) {
            return Optional.empty();
        }
        var wasThere = tx.layers().find(repository, List.of(digest)).containsKey(digest);
        tx.layers().link(repository, blob(tx, now), now);
        tx.uploads().update(upload.completed(digest, now));
        return Optional.of(!wasThere || !whole);
    }

    private Layers.Blob blob(Transaction tx, Instant now) {
        if (whole) {
            tx.layers().discard(upload.id().blobKey(), now);
            return known.orElseThrow();
        }
        known.ifPresent(damaged -> tx.layers().discard(damaged.key(), now));
        return tx.layers().store(digest, upload.received(), upload.id().blobKey(), now);
    }
}
