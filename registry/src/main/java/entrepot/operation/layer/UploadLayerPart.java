package entrepot.operation.layer;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.LayerUpload;
import entrepot.domain.Limits;
import entrepot.domain.RegistryError;
import entrepot.domain.RegistryException;
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

    UploadLayerPart(RepositoryLookup repositories, LayerUploads uploads, InstantSource clock, Limits limits) {
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
            var part = new LayerPart(repository, upload, input);
            part.refuseOtherLength(input.layerPartBlob().length());
            var end = end(hold, law, part);
            return new Output(repository.registry().account(), repository.name(), upload.id(), end - 1);
        }
    }

    /// How much of the layer is there with this part.
    private long end(OpenUploads.Hold hold, Law law, LayerPart part) {
        if (part.follows()) {
            return append(hold, part);
        }
        if (law.takesPartsAgain() && part.isLast() && isStored(part)) {
            return part.upload().received();
        }
        throw part.misplaced();
    }

    private long append(OpenUploads.Hold hold, LayerPart part) {
        var upload = part.upload();
        refuseTooMany(upload);
        var content = hold.hashing(upload.received(), new Bounded(part.content(), room(upload)));
        var end = LayerUploads.storing(() -> append(part, content));
        part.refuseOtherLength(end - upload.received());
        record(part, end);
        return end;
    }

    private long append(LayerPart part, Content content) throws IOException {
        var upload = part.upload();
        try {
            return uploads.blobs().append(upload.id().blobKey(), upload.received(), content);
        } catch (IOException e) {
            keepWhatCame(part);
            throw e;
        }
    }

    /// A stream that breaks off has still brought something, which its sender may go on from. A part with a range
    /// counts whole or not at all.
    private void keepWhatCame(LayerPart part) throws IOException {
        if (!part.hasRange()) {
            var stored = uploads.blobs().size(part.upload().id().blobKey());
            record(part, stored.orElse(part.upload().received()));
        }
    }

    /// Refused if the upload ended while the bytes came, as by its expiry.
    private void record(LayerPart part, long end) {
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

    private boolean isStored(LayerPart part) {
        var upload = part.upload();
        var first = upload.lastPartFirstByte();
        return LayerUploads.storing(() -> {
            var stored = uploads.blobs().open(upload.id().blobKey(), first, upload.received() - first);
            return Digest.of(Digest.Algorithm.SHA256, stored)
                    .equals(Digest.of(Digest.Algorithm.SHA256, part.content()));
        });
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
}
