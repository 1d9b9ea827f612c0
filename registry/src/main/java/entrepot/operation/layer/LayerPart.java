package entrepot.operation.layer;

import entrepot.domain.Content;
import entrepot.domain.LayerError;
import entrepot.domain.LayerUpload;
import entrepot.domain.Metered;
import entrepot.domain.RegistryException;
import entrepot.domain.Repository;
import org.jspecify.annotations.Nullable;

/// One part of an upload, and where it is to go: to its range, or, without one, to the end.
///
/// @param before what the upload has before it: what broke off gives way to the part that is sent again
record LayerPart(Repository repository, LayerUpload upload, LayerUpload before, Bytes bytes) {

    /// What a request brings.
    ///
    /// @param first null without a range
    /// @param last null without a range
    record Bytes(@Nullable Long first, @Nullable Long last, Content content) {}

    static LayerPart of(LayerUploads uploads, Repository repository, LayerUpload upload, Bytes bytes) {
        var first = first(upload, bytes);
        var before = upload.takes(first) && first < upload.received()
                ? LayerUploads.storing(() -> uploads.upTo(upload, first))
                : upload;
        return new LayerPart(repository, upload, before, bytes);
    }

    Content content() {
        return bytes.content();
    }

    /// The same part, whose bytes a meter sees.
    LayerPart shownTo(Metered.Meter meter) {
        var shown = new Bytes(bytes.first(), bytes.last(), new Metered(content(), meter));
        return new LayerPart(repository, upload, before, shown);
    }

    boolean hasRange() {
        return bytes.first() != null;
    }

    /// Where it begins.
    long first() {
        return first(upload, bytes);
    }

    private static long first(LayerUpload upload, Bytes bytes) {
        return bytes.first() == null ? upload.received() : bytes.first();
    }

    /// Where it ends by its own range, or -1.
    long last() {
        return bytes.last() == null ? -1 : bytes.last();
    }

    /// Whether it goes on where the upload can be gone on with.
    boolean follows() {
        return upload.takes(first()) && before.received() == first();
    }

    /// Whether its range was received already.
    boolean isReceived() {
        return hasRange() && first() <= last() && last() < upload.received();
    }

    /// Refuses a part whose range is of another length than this; a negative one is not known yet.
    void refuseOtherLength(long length) {
        if (hasRange() && length >= 0 && (last() < first() || last() - first() + 1 != length)) {
            throw refusal("has %d bytes".formatted(length));
        }
    }

    /// What a part is refused with that does not end where its range does.
    RegistryException tooLong() {
        return refusal("has more bytes than that");
    }

    private RegistryException refusal(String what) {
        return new RegistryException(new LayerError.InvalidLayerPart(
                repository,
                upload.id(),
                upload.received() - 1,
                "The layer part from byte %d to %s %s; the next part begins at byte %d"
                        .formatted(first(), bytes.last(), what, upload.received())));
    }

    RegistryException gone() {
        return LayerUploads.notFound(repository, upload.id());
    }

    RegistryException misplaced() {
        return new RegistryException(LayerError.InvalidLayerPart.firstByte(repository, upload, first()));
    }
}
