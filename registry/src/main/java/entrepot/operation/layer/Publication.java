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
import org.jspecify.annotations.Nullable;

/// An upload about to become a layer of its repository: its bytes are durable and have the digest. Those that the
/// digest had before give way to them, since nobody looks whether those are whole still.
///
/// @param seen the upload as its row has it
/// @param upload with all of its bytes
/// @param stay how long the bytes stay that give way
record Publication(Repository repository, LayerUpload seen, LayerUpload upload, Digest digest, Duration stay) {

    /// Says whether the layer is new to the repository.
    boolean write(Transaction tx, Instant now) {
        RepositoryLookup.hold(tx, repository.registry(), repository.name());
        LayerUploads.record(tx, repository, seen, upload.completed(digest, now));
        var isNew = tx.layers().find(repository, List.of(digest)).isEmpty();
        var known = tx.layers().blob(digest, repository.encryption());
        known.ifPresent(blob -> tx.layers().discard(blob.key(), blob.size(), now, stay));
        tx.layers().link(repository, stored(tx, known.orElse(null), now), now);
        return isNew;
    }

    private Layers.Blob stored(Transaction tx, Layers.@Nullable Blob known, Instant now) {
        return tx.layers().store(digest, upload.received(), upload.blob(), upload.keys(), known, now);
    }
}
