package entrepot.operation.layer;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.LayerUpload;
import entrepot.domain.Limits;
import entrepot.domain.Progress;
import entrepot.domain.RepositoryName;
import entrepot.domain.UploadId;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.store.BrokeOffException;
import entrepot.store.Uploads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Appends a part to an upload. What it acknowledges survives the end of the process. Source: ECR API,
/// UploadLayerPart; a `PATCH` or `PUT` with a body on `/v2` is the same.
public final class UploadLayerPart implements Operation<UploadLayerPart.Input, UploadLayerPart.Output> {

    /// Without a range, as `/v2` allows, the part goes to the end.
    public record Input(
            @Nullable AccountId registryId,
            RepositoryName repositoryName,
            UploadId uploadId,
            @Nullable Long partFirstByte,
            @Nullable Long partLastByte,
            Content layerPartBlob) {}

    public record Output(
            AccountId registryId, RepositoryName repositoryName, UploadId uploadId, long lastByteReceived) {}

    private final RepositoryLookup repositories;
    private final LayerUploads uploads;
    private final InstantSource clock;
    private final Limits limits;
    private final PartWriter parts;

    UploadLayerPart(RepositoryLookup repositories, LayerUploads uploads, InstantSource clock, Limits limits) {
        this.repositories = repositories;
        this.uploads = uploads;
        this.clock = clock;
        this.limits = limits;
        this.parts = new PartWriter(uploads, limits);
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(input.registryId()), input.repositoryName(), name()));
    }

    /// Bytes stay where they are.
    @Override
    public long memory(long inputLength) {
        return 64L << 10;
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var repository = repositories.require(caller.registry(input.registryId()), input.repositoryName());
        try (var hold = uploads.open().hold(input.uploadId(), caller.principal().arn())) {
            var upload = new Overtaking(uploads, hold, repository, input.uploadId()).toWrite(clock.instant());
            if (upload.completedAs() != null) {
                throw LayerUploads.notFound(repository, upload.id());
            }
            var bytes = new LayerPart.Bytes(input.partFirstByte(), input.partLastByte(), input.layerPartBlob());
            var end = end(hold, law, LayerPart.of(uploads, repository, upload, bytes));
            return new Output(repository.registry().account(), repository.name(), upload.id(), end - 1);
        }
    }

    /// How much of the layer is there with this part.
    private long end(Hold hold, Law law, LayerPart part) {
        part.refuseOtherLength(part.content().length());
        if (part.follows()) {
            refuseTooMany(law, part.upload());
            return append(hold, law, part);
        }
        if (law.takesPartsAgain() && part.isReceived() && isKnown(part)) {
            return part.last() + 1;
        }
        throw part.misplaced();
    }

    private long append(Hold hold, Law law, LayerPart part) {
        var digest = new PartDigest();
        var shown = law.takesPartsAgain() ? part.shownTo(digest) : part;
        try {
            return parts.write(hold, shown, end -> record(hold, part, end, law.takesPartsAgain() ? digest : null));
        } catch (BrokeOffException e) {
            keepWhatCame(hold, part, e.progress());
            throw new UncheckedIOException(e.source());
        } catch (IOException e) {
            parts.takeBack(hold, part);
            throw new UncheckedIOException(e);
        }
    }

    private long record(Hold hold, LayerPart part, Progress end, @Nullable PartDigest digest) {
        if (end.length() > part.first()) {
            var sha256 =
                    hold.hash().known(Digest.Algorithm.SHA256, end.length()).orElse(null);
            var grown = part.before().withPart(end, sha256, clock.instant());
            var known = digest == null ? null : new Uploads.Part(part.first(), end.length() - 1, digest.value());
            uploads.metadata().transactGuarded(tx -> {
                LayerUploads.record(tx, part.repository(), part.upload(), grown);
                if (known != null) {
                    tx.uploads().add(grown.id(), known);
                }
                return grown;
            });
        }
        return end.length();
    }

    /// What came of a part that broke off, in its place, so that its sender can go on from there. If they have begun
    /// anew already, they know nothing of it.
    private void keepWhatCame(Hold hold, LayerPart part, Progress came) {
        if (hold.isEnded()) {
            parts.takeBack(hold, part);
        } else if (came.length() > part.first()) {
            uploads.record(part.repository(), part.upload(), part.before().withBrokenPart(came, clock.instant()));
        }
    }

    private boolean isKnown(LayerPart part) {
        return uploads.metadata()
                .read(tx -> tx.uploads().part(part.upload().id(), part.last()))
                .filter(known -> known.firstByte() == part.first())
                .filter(known -> known.digest()
                        .equals(LayerUploads.storing(() -> Digest.of(Digest.Algorithm.SHA256, part.content()))))
                .isPresent();
    }

    private void refuseTooMany(Law law, LayerUpload upload) {
        if (law.countsParts() && upload.parts() >= limits.layer().parts()) {
            throw PartWriter.exceeded(
                    "The upload with id '%s' already has the maximum allowed number of parts which is '%d'"
                            .formatted(upload.id(), limits.layer().parts()));
        }
    }
}
