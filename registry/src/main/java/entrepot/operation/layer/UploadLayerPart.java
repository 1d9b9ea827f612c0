package entrepot.operation.layer;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Content;
import entrepot.domain.Law;
import entrepot.domain.LayerUpload;
import entrepot.domain.Limits;
import entrepot.domain.RegistryError;
import entrepot.domain.RegistryException;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.UploadId;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.repository.RepositoryLookup;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Appends a part to an upload. What it acknowledges survives the end of the process. Source: ECR API,
/// UploadLayerPart; a `PATCH` or `PUT` with a body on `/v2` is the same.
public final class UploadLayerPart implements Operation<UploadLayerPart.Input, UploadLayerPart.Output> {

    /// Without a range, as `/v2` allows, the part goes to the end.
    public record Input(
            @Nullable String registryId,
            RepositoryName repositoryName,
            UploadId uploadId,
            @Nullable Long partFirstByte,
            @Nullable Long partLastByte,
            Content layerPartBlob) {}

    public record Output(String registryId, RepositoryName repositoryName, UploadId uploadId, long lastByteReceived) {}

    private final RepositoryLookup repositories;
    private final LayerUploads uploads;
    private final InstantSource clock;
    private final Limits limits;

    public UploadLayerPart(RepositoryLookup repositories, LayerUploads uploads, InstantSource clock, Limits limits) {
        this.repositories = repositories;
        this.uploads = uploads;
        this.clock = clock;
        this.limits = limits;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(input.registryId()), input.repositoryName(), name()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var repository = repositories.require(caller.registry(input.registryId()), input.repositoryName());
        try (var hold = uploads.open().hold(input.uploadId())) {
            var upload = uploads.requireOpen(repository, input.uploadId());
            var part = new Part(repository, upload, input);
            part.refuseWrongLength();
            if (part.follows()) {
                append(hold, part);
            } else if (!law.takesPartsAgain() || !part.isLast() || !isStored(part)) {
                throw part.misplaced();
            }
            return new Output(repository.registry().account(), repository.name(), upload.id(), part.lastByteReceived());
        }
    }

    private void append(OpenUploads.Hold hold, Part part) {
        refuseTooMany(part.upload());
        var upload = part.upload();
        var content = hold.hashing(upload.received(), new Bounded(part.content(), room(upload)));
        var key = upload.id().blobKey();
        part.arrived(LayerUploads.storing(() -> {
            try {
                return uploads.blobs().append(key, upload.received(), content);
            } catch (IOException e) {
                keepWhatCame(part);
                throw e;
            }
        }));
        part.refuseOtherLengthThanDeclared();
        record(part, part.end());
    }

    /// A stream that breaks off has still brought something, which its sender may go on from. A part with a range
    /// counts whole or not at all.
    private void keepWhatCame(Part part) throws IOException {
        if (!part.hasRange()) {
            var stored = uploads.blobs().size(part.upload().id().blobKey());
            record(part, stored.orElse(part.upload().received()));
        }
    }

    /// Refused if the upload ended while the bytes came, as by its expiry.
    private void record(Part part, long end) {
        if (end > part.upload().received()) {
            var grown = part.upload().withPart(end, clock.instant());
            uploads.metadata().transact(tx -> {
                if (tx.uploads().find(grown.id()).isEmpty()) {
                    throw part.gone();
                }
                tx.uploads().update(grown);
                return grown;
            });
        }
    }

    private boolean isStored(Part part) {
        var upload = part.upload();
        var first = upload.lastPartFirstByte();
        return LayerUploads.storing(() -> Hashes.same(
                uploads.blobs().open(upload.id().blobKey(), first, upload.received() - first), part.content()));
    }

    private void refuseTooMany(LayerUpload upload) {
        if (upload.parts() >= limits.partsPerLayer()) {
            throw exceeded("The upload with id '%s' already has the maximum allowed number of parts which is '%d'"
                    .formatted(upload.id(), limits.partsPerLayer()));
        }
    }

    private Bounded.Room room(LayerUpload upload) {
        return new Bounded.Room(
                limits.layerBytes() - upload.received(),
                exceeded("The layer is larger than the maximum allowed size which is '%d' bytes"
                        .formatted(limits.layerBytes())));
    }

    private static RegistryException exceeded(String message) {
        return new RegistryException(new RegistryError.LimitExceeded(message));
    }

    /// One part and where it is to go.
    private static final class Part {

        private final Repository repository;
        private final LayerUpload upload;
        private final Input input;
        private long end;

        Part(Repository repository, LayerUpload upload, Input input) {
            this.repository = repository;
            this.upload = upload;
            this.input = input;
            this.end = upload.received();
        }

        LayerUpload upload() {
            return upload;
        }

        Content content() {
            return input.layerPartBlob();
        }

        long end() {
            return end;
        }

        void arrived(long newEnd) {
            end = newEnd;
        }

        boolean hasRange() {
            return input.partFirstByte() != null;
        }

        boolean follows() {
            return input.partFirstByte() == null || input.partFirstByte() == upload.received();
        }

        /// Whether its range is that of the newest part.
        boolean isLast() {
            return upload.parts() > 0
                    && first() == upload.lastPartFirstByte()
                    && input.partLastByte() != null
                    && input.partLastByte() == upload.received() - 1;
        }

        long lastByteReceived() {
            return end - 1;
        }

        private long first() {
            return input.partFirstByte() == null ? upload.received() : input.partFirstByte();
        }

        void refuseWrongLength() {
            if (hasRange() && input.layerPartBlob().length() >= 0) {
                refuseUnlessDeclared(input.layerPartBlob().length());
            }
        }

        void refuseOtherLengthThanDeclared() {
            if (hasRange()) {
                refuseUnlessDeclared(end - upload.received());
            }
        }

        private void refuseUnlessDeclared(long length) {
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
    }
}
