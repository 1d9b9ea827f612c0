package entrepot.operation.layer;

import entrepot.domain.Content;
import entrepot.domain.EveryApiError;
import entrepot.domain.LayerUpload;
import entrepot.domain.Limits;
import entrepot.domain.Metered;
import entrepot.domain.Progress;
import entrepot.domain.RegistryException;
import entrepot.domain.RepositoryError;
import entrepot.store.BrokeOffException;
import entrepot.store.NoSuchBlobException;
import entrepot.store.StorageFullException;
import entrepot.store.StoreAwayException;
import java.io.IOException;
import java.util.function.Function;

/// Writes the bytes of parts behind those that an upload has. They count when the upload's row says so, and no sooner.
record PartWriter(LayerUploads uploads, Limits limits) {

    /// Writes the part, and does what is to come of it. If either is refused, nothing of the part stays.
    ///
    /// @param then gets the progress with the part; it refuses before it makes the part count, or not at all
    /// @throws BrokeOffException if the part breaks off; what came of it lies in the store and does not count yet
    <T> T write(Hold hold, LayerPart part, Function<Progress, T> then) throws IOException {
        part.refuseOtherLength(part.content().length());
        makeWay(part);
        try (var open = openBytes(part.upload())) {
            return orTakeBack(hold, part, () -> then.apply(append(hold, part, open)));
        }
    }

    private <T> T orTakeBack(Hold hold, LayerPart part, LayerUploads.Storing<T> work) throws IOException {
        try {
            return work.call();
        } catch (StorageFullException e) {
            takeBack(hold, part);
            throw new RegistryException(new EveryApiError.StorageFull());
        } catch (NoSuchBlobException e) {
            hold.hash().back(part.first());
            throw part.gone();
        } catch (StoreAwayException e) {
            hold.hash().back(part.first());
            throw new RegistryException(new EveryApiError.Unavailable());
        } catch (RegistryException e) {
            takeBack(hold, part);
            throw e;
        }
    }

    /// No byte that counts is written over.
    private void makeWay(LayerPart part) {
        if (part.first() < part.upload().received()) {
            uploads.record(part.repository(), part.upload(), part.before());
        }
    }

    private Progress append(Hold hold, LayerPart part, OpenBytes.Writer open) throws IOException {
        var content = hold.receiving(part.content());
        open.require(Math.max(0, content.length()));
        var bounded = new Metered(bounded(part, content), open);
        var end = uploads.blobs(part.upload())
                .append(
                        part.upload().blob(),
                        part.before().progress(),
                        hold.hash().passing(part.first(), bounded));
        part.refuseOtherLength(end.length() - part.first());
        return end;
    }

    private Content bounded(LayerPart part, Content content) {
        var room = Bounded.of(
                content,
                limits.layer().bytes() - part.first(),
                exceeded("The layer is larger than the maximum allowed size which is '%d' bytes"
                        .formatted(limits.layer().bytes())));
        return part.hasRange() ? Bounded.of(room, part.last() - part.first() + 1, part.tooLong()) : room;
    }

    private OpenBytes.Writer openBytes(LayerUpload upload) {
        var most = limits.principal().openUploadBytes();
        return uploads.open()
                .bytes()
                .writer(
                        upload.principal(),
                        () -> uploads.metadata().read(tx -> tx.uploads().openBytes(upload.principal())),
                        most,
                        exceeded(("The maximum allowed number of bytes in open uploads, which is '%d', is reached."
                                        + " Complete some, or wait until they expire")
                                .formatted(most)));
    }

    static RegistryException exceeded(String message) {
        return new RegistryException(new RepositoryError.LimitExceeded(message));
    }

    /// Where this fails, the bytes go with the next part, or with the upload. Where the upload has gone on elsewhere
    /// meanwhile, they are not ours to take.
    void takeBack(Hold hold, LayerPart part) {
        hold.hash().back(part.first());
        if (uploads.isStill(part.upload())) {
            LayerUploads.storing(() -> uploads.blobs(part.upload())
                    .append(part.upload().blob(), part.before().progress(), Content.Bytes.EMPTY));
        }
    }
}
