package entrepot.operation.layer;

import entrepot.domain.EveryApiError;
import entrepot.domain.LayerError;
import entrepot.domain.LayerUpload;
import entrepot.domain.RegistryException;
import entrepot.domain.Repository;
import entrepot.domain.UploadId;
import entrepot.sealing.Vault;
import entrepot.store.BlobStore;
import entrepot.store.MetadataStore;
import entrepot.store.NoSuchBlobException;
import entrepot.store.StorageFullException;
import entrepot.store.StoreAwayException;
import entrepot.store.Transaction;
import java.io.IOException;
import java.io.UncheckedIOException;

/// What the operations on uploads share: finding one, and calling the store of bytes.
///
/// @param open what this process remembers of uploads
public record LayerUploads(MetadataStore metadata, Vault vault, OpenUploads open) {

    /// The bytes of an upload lie here.
    BlobStore blobs(LayerUpload upload) {
        return vault.blobs(upload.keys());
    }

    /// The upload as its row and its bytes have it.
    LayerUpload require(Repository repository, UploadId id) {
        var upload = metadata.ask(tx -> tx.uploads().find(id))
                .filter(found -> found.repositoryId() == repository.id())
                .orElseThrow(() -> notFound(repository, id));
        return upload.completedAs() != null || hasNoPlaceYet(upload) ? upload : standing(repository, upload);
    }

    /// Whoever takes it over makes room for it after its row says where.
    private static boolean hasNoPlaceYet(LayerUpload upload) {
        return upload.received() == 0 && upload.turn() > 1;
    }

    /// The upload as its bytes have it.
    LayerUpload standing(Repository repository, LayerUpload upload) {
        return storing(() -> {
            try {
                return upTo(upload, upload.received());
            } catch (NoSuchBlobException e) {
                throw notFound(repository, upload.id());
            }
        });
    }

    /// The upload as far as its bytes are there, but no further than `length`, and where it can be gone on from.
    ///
    /// @throws NoSuchBlobException if nothing is there, not even room for it
    LayerUpload upTo(LayerUpload upload, long length) throws IOException {
        var progress = upload.brokeOff() && length == upload.lastPartFirstByte() ? upload.before() : upload.progress();
        return upload.withAtMost(blobs(upload).upTo(upload.blob(), progress, length));
    }

    /// The same, unless it is completed already.
    LayerUpload requireOpen(Repository repository, UploadId id) {
        var upload = require(repository, id);
        if (upload.completedAs() != null) {
            throw notFound(repository, id);
        }
        return upload;
    }

    /// Writes the upload as it is now. Refused if it ended meanwhile, as by its expiry, or if another node wrote it.
    void record(Repository repository, LayerUpload seen, LayerUpload now) {
        metadata.transactGuarded(tx -> {
            record(tx, repository, seen, now);
            return now;
        });
    }

    /// The same, as part of more.
    static void record(Transaction tx, Repository repository, LayerUpload seen, LayerUpload now) {
        if (tx.uploads().find(now.id()).isEmpty()) {
            throw notFound(repository, now.id());
        }
        if (!tx.uploads().advance(seen, now)) {
            throw new RegistryException(new LayerError.UploadBusy(now.id()));
        }
    }

    /// Whether nobody has written the upload since, but for what gave way to a part that is sent again.
    boolean isStill(LayerUpload seen) {
        return metadata.ask(tx -> tx.uploads().find(seen.id()))
                .filter(now -> now.turn() == seen.turn()
                        && now.touchedAt().equals(seen.touchedAt())
                        && now.parts() == seen.parts())
                .isPresent();
    }

    static RegistryException notFound(Repository repository, UploadId id) {
        return new RegistryException(new LayerError.UploadNotFound(repository, id));
    }

    /// A call of the store of bytes.
    interface Storing<T> {
        T call() throws IOException;
    }

    /// Calls the store of bytes: a full disk is a refusal, and so is a store that is away; anything else is a failure
    /// of the server.
    static <T> T storing(Storing<T> work) {
        try {
            return work.call();
        } catch (StorageFullException e) {
            throw new RegistryException(new EveryApiError.StorageFull());
        } catch (StoreAwayException e) {
            throw new RegistryException(new EveryApiError.Unavailable());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
