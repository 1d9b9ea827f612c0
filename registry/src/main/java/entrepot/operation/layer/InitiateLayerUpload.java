package entrepot.operation.layer;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Law;
import entrepot.domain.LayerUpload;
import entrepot.domain.Limits;
import entrepot.domain.RegistryException;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryError;
import entrepot.domain.RepositoryName;
import entrepot.domain.UploadId;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.repository.PushTargets;
import entrepot.operation.repository.PushTargets.PushTo;
import entrepot.operation.repository.RepositoryLookup;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Begins the upload of a layer. Source: ECR API, InitiateLayerUpload.
public final class InitiateLayerUpload implements Operation<InitiateLayerUpload.Input, InitiateLayerUpload.Output> {

    /// The size of part that ECR asks clients for, in bytes.
    private static final long PART_SIZE = 10L << 20;

    public record Input(@Nullable AccountId registryId, RepositoryName repositoryName) {}

    public record Output(UploadId uploadId, long partSize) {}

    private final PushTargets repositories;
    private final LayerUploads uploads;
    private final InstantSource clock;
    private final Limits limits;

    InitiateLayerUpload(PushTargets repositories, LayerUploads uploads, InstantSource clock, Limits limits) {
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
        var principal = caller.principal().arn();
        var upload = repositories.forPush(
                PushTo.of(caller, this, input.registryId(), input.repositoryName()), seen -> begin(seen, principal));
        LayerUploads.storing(() -> makeRoom(upload));
        return new Output(upload.id(), PART_SIZE);
    }

    /// The same in a repository that is there, for what the registry itself brings.
    UploadId begin(Caller caller, Repository repository) {
        var upload = begin(repository, caller.principal().arn());
        return LayerUploads.storing(() -> makeRoom(upload));
    }

    private LayerUpload begin(Repository seen, String principal) {
        var keys = uploads.vault().newKeys(seen);
        var id = UploadId.random(clock.instant());
        return uploads.metadata().transactGuarded(tx -> {
            var repository = RepositoryLookup.holdSame(tx, seen);
            refuseFlood(tx.uploads().countOpen(principal, limits.principal().openUploads()));
            var begun = LayerUpload.begin(id, repository, principal, keys, clock.instant());
            tx.uploads().create(begun);
            return begun;
        });
    }

    /// An upload that nobody is told of must not count as open until it expires.
    private UploadId makeRoom(LayerUpload upload) throws IOException {
        var id = upload.id();
        try {
            uploads.blobs(upload).create(id.blobKey());
        } catch (IOException e) {
            uploads.metadata().transactGuarded(tx -> {
                tx.uploads().delete(id);
                return id;
            });
            throw e;
        }
        return id;
    }

    private void refuseFlood(int open) {
        if (open >= limits.principal().openUploads()) {
            throw new RegistryException(new RepositoryError.LimitExceeded(
                    "The maximum allowed number of open uploads, which is '%d', is reached. Complete some, or wait until they expire"
                            .formatted(limits.principal().openUploads())));
        }
    }
}
