package entrepot.operation.layer;

import entrepot.domain.Content;
import entrepot.domain.LayerUpload;
import entrepot.domain.RegistryError;
import entrepot.domain.RegistryException;
import entrepot.domain.Repository;

/// One part of an upload, and where it is to go: to its range, or, without one, to the end.
record LayerPart(Repository repository, LayerUpload upload, UploadLayerPart.Input input) {

    Content content() {
        return input.layerPartBlob();
    }

    boolean hasRange() {
        return input.partFirstByte() != null;
    }

    boolean follows() {
        return first() == upload.received();
    }

    /// Whether its range is that of the newest part.
    boolean isLast() {
        return upload.parts() > 0
                && first() == upload.lastPartFirstByte()
                && input.partLastByte() != null
                && input.partLastByte() == upload.received() - 1;
    }

    /// Refuses a part whose range is of another length than this; a negative one is not known yet.
    void refuseOtherLength(long length) {
        if (!hasRange() || length < 0) {
            return;
        }
        var last = input.partLastByte();
        if (last == null || last < first() || last - first() + 1 != length) {
            throw new RegistryException(new RegistryError.InvalidLayerPart(
                    repository,
                    upload.id(),
                    upload.received() - 1,
                    "The layer part from byte %d to %s has %d bytes; the next part begins at byte %d"
                            .formatted(first(), last, length, upload.received())));
        }
    }

    RegistryException gone() {
        return LayerUploads.notFound(repository, upload.id());
    }

    RegistryException misplaced() {
        return new RegistryException(RegistryError.InvalidLayerPart.firstByte(repository, upload, first()));
    }

    private long first() {
        return input.partFirstByte() == null ? upload.received() : input.partFirstByte();
    }
}
