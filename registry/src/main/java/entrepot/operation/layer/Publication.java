package entrepot.operation.layer;

import entrepot.domain.Digest;
import entrepot.domain.LayerUpload;
import entrepot.domain.Repository;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.store.Layers;
import entrepot.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// An upload about to become a layer of its repository: its bytes are durable and have the digest. Those that the
/// digest had before give way to them, since nobody looks whether those are whole still.
///
/// @param upload with all of its bytes
record Publication(Repository repository, LayerUpload upload, Digest digest) {

    /// How long bytes stay that gave way: a pull that has found them may not have opened them yet.
    static final Duration PULLS_BEGUN = Duration.ofMinutes(5);

    /// Says whether the layer is new to the repository.
    boolean write(Transaction tx, Instant now) {
        RepositoryLookup.require(tx, repository.registry(), repository.name());
        LayerUploads.record(tx, repository, upload.completed(digest, now));
        var isNew = tx.layers().find(repository, List.of(digest)).isEmpty();
        tx.layers()
                .blob(digest, repository.encryption())
                .ifPresent(known -> tx.layers().discard(known.key(), now.plus(PULLS_BEGUN)));
        tx.layers().link(repository, stored(tx, now), now);
        return isNew;
    }

    private Layers.Blob stored(Transaction tx, Instant now) {
        return tx.layers().store(digest, upload.received(), upload.id().blobKey(), upload.keys(), now);
    }
}
