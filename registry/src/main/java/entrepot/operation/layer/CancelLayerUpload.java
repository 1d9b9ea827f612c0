package entrepot.operation.layer;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Law;
import entrepot.domain.LayerError;
import entrepot.domain.RegistryException;
import entrepot.domain.RepositoryName;
import entrepot.domain.UploadId;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.repository.RepositoryLookup;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ends an upload and drops its bytes: a `DELETE` of an upload on `/v2`. It has no JSON form and is authorised as
/// UploadLayerPart.
public final class CancelLayerUpload implements Operation<CancelLayerUpload.Input, CancelLayerUpload.Output> {

    public record Input(@Nullable AccountId registryId, RepositoryName repositoryName, UploadId uploadId) {}

    public record Output() {}

    private final RepositoryLookup repositories;
    private final LayerUploads uploads;
    private final InstantSource clock;

    CancelLayerUpload(RepositoryLookup repositories, LayerUploads uploads, InstantSource clock) {
        this.repositories = repositories;
        this.uploads = uploads;
        this.clock = clock;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(input.registryId()), input.repositoryName(), "UploadLayerPart"));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        return cancel(caller, input);
    }

    /// The same, without a decision whether the caller may.
    Output cancel(Caller caller, Input input) {
        var repository = repositories.require(caller.registry(input.registryId()), input.repositoryName());
        try (var _ =
                uploads.open().holdToEnd(input.uploadId(), caller.principal().arn())) {
            var upload = uploads.requireOpen(repository, input.uploadId());
            uploads.metadata().transactGuarded(tx -> {
                if (!tx.uploads().delete(upload)) {
                    throw new RegistryException(new LayerError.UploadBusy(upload.id()));
                }
                tx.layers().discard(upload.blob(), clock.instant());
                return upload;
            });
            uploads.open().forget(upload.id());
            return new Output();
        }
    }
}
