package entrepot.operation.layer;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.LayerUpload;
import entrepot.domain.RegistryError;
import entrepot.domain.RegistryException;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.UploadId;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.store.Layers;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes an upload a layer of its repository, once its bytes have one of the digests given. Durable when it answers.
/// Source: ECR API, CompleteLayerUpload.
public final class CompleteLayerUpload implements Operation<CompleteLayerUpload.Input, CompleteLayerUpload.Output> {

    /// The digests stay text: one of an algorithm that is not known here simply does not match.
    public record Input(
            @Nullable String registryId, RepositoryName repositoryName, UploadId uploadId, List<String> layerDigests) {}

    public record Output(String registryId, RepositoryName repositoryName, UploadId uploadId, Digest layerDigest) {}

    private final RepositoryLookup repositories;
    private final LayerUploads uploads;
    private final InstantSource clock;

    CompleteLayerUpload(RepositoryLookup repositories, LayerUploads uploads, InstantSource clock) {
        this.repositories = repositories;
        this.uploads = uploads;
        this.clock = clock;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(input.registryId()), input.repositoryName(), name()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var repository = repositories.require(caller.registry(input.registryId()), input.repositoryName());
        try (var hold = uploads.open().hold(input.uploadId())) {
            var upload = uploads.require(repository, input.uploadId());
            var digests = input.layerDigests().stream()
                    .flatMap(text -> Digest.find(text).stream())
                    .toList();
            var digest = upload.completedAs() == null
                    ? complete(hold, law, repository, upload, digests)
                    : completedBefore(law, repository, upload, upload.completedAs(), digests);
            return new Output(repository.registry().account(), repository.name(), upload.id(), digest);
        }
    }

    private Digest completedBefore(
            Law law, Repository repository, LayerUpload upload, Digest digest, List<Digest> asked) {
        if (!asked.contains(digest)) {
            throw new RegistryException(RegistryError.InvalidLayer.DIGEST);
        }
        if (uploads.metadata()
                .read(tx -> tx.layers().find(repository, List.of(digest)))
                .isEmpty()) {
            throw LayerUploads.notFound(repository, upload.id());
        }
        if (!law.repeatingSucceeds()) {
            throw new RegistryException(new RegistryError.LayerAlreadyExists(repository, digest));
        }
        return digest;
    }

    private Digest complete(
            OpenUploads.Hold hold, Law law, Repository repository, LayerUpload upload, List<Digest> asked) {
        refuseUnfit(law, repository, upload);
        var digest = asked.stream()
                .distinct()
                .filter(candidate -> candidate.equals(calculated(hold, upload, candidate.algorithm())))
                .findFirst()
                .orElseThrow(() -> new RegistryException(RegistryError.InvalidLayer.DIGEST));
        var isNew = publish(repository, upload, digest);
        hold.forget();
        if (!isNew && !law.repeatingSucceeds()) {
            throw new RegistryException(new RegistryError.LayerAlreadyExists(repository, digest));
        }
        return digest;
    }

    private static void refuseUnfit(Law law, Repository repository, LayerUpload upload) {
        if (upload.received() == 0 && !law.allowsEmptyBlobs()) {
            throw new RegistryException(new RegistryError.EmptyUpload(repository, upload.id()));
        }
        if (upload.hasSmallPart() && !law.allowsSmallParts()) {
            throw new RegistryException(new RegistryError.LayerPartTooSmall());
        }
    }

    private Digest calculated(OpenUploads.Hold hold, LayerUpload upload, Digest.Algorithm algorithm) {
        var known = algorithm == Digest.Algorithm.SHA256 ? hold.sha256(upload.received()) : Optional.<Digest>empty();
        return known.orElseGet(() -> LayerUploads.storing(
                () -> Digest.of(algorithm, uploads.blobs().open(upload.id().blobKey(), 0, upload.received()))));
    }

    /// Says whether the layer is new to the repository. The bytes that a known digest has already are kept, and these
    /// dropped, if they are there and whole; else these take their place.
    private boolean publish(Repository repository, LayerUpload upload, Digest digest) {
        while (true) {
            var known = uploads.metadata().read(tx -> tx.layers().blob(digest));
            var whole = known.filter(this::isWhole).isPresent();
            if (!whole) {
                seal(upload);
            }
            var publication = new Publication(repository, upload, digest, known, whole);
            var isNew = uploads.metadata().transact(tx -> publication.write(tx, clock.instant()));
            if (isNew.isPresent()) {
                return isNew.get();
            }
        }
    }

    /// Without the bytes that came and were never acknowledged.
    private void seal(LayerUpload upload) {
        LayerUploads.storing(() -> {
            var key = upload.id().blobKey();
            if (uploads.blobs().size(key).orElse(0) > upload.received()) {
                uploads.blobs().append(key, upload.received(), Content.EMPTY);
            }
            uploads.blobs().seal(key);
            return upload;
        });
    }

    /// Nothing else looks at stored bytes again, so a push must not take them on faith.
    private boolean isWhole(Layers.Blob blob) {
        return LayerUploads.storing(() -> hasItsSize(blob) && hasItsDigest(blob));
    }

    private boolean hasItsSize(Layers.Blob blob) throws IOException {
        return uploads.blobs().size(blob.key()).orElse(-1) == blob.size();
    }

    private boolean hasItsDigest(Layers.Blob blob) throws IOException {
        var bytes = uploads.blobs().open(blob.key(), 0, blob.size());
        return Digest.of(blob.digest().algorithm(), bytes).equals(blob.digest());
    }
}
