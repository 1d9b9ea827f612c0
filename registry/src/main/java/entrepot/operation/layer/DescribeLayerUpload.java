package entrepot.operation.layer;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Law;
import entrepot.domain.RepositoryName;
import entrepot.domain.UploadId;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.repository.RepositoryLookup;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How much of an upload has arrived: a `GET` of an upload on `/v2`. It has no JSON form and is authorised as
/// UploadLayerPart.
public final class DescribeLayerUpload implements Operation<DescribeLayerUpload.Input, DescribeLayerUpload.Output> {

    public record Input(@Nullable AccountId registryId, RepositoryName repositoryName, UploadId uploadId) {}

    /// What there is of it.
    ///
    /// @param received in bytes
    public record Output(UploadId uploadId, long received) {}

    private final RepositoryLookup repositories;
    private final LayerUploads uploads;

    DescribeLayerUpload(RepositoryLookup repositories, LayerUploads uploads) {
        this.repositories = repositories;
        this.uploads = uploads;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(input.registryId()), input.repositoryName(), "UploadLayerPart"));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var repository = repositories.require(caller.registry(input.registryId()), input.repositoryName());
        var upload = uploads.requireOpen(repository, input.uploadId());
        return new Output(upload.id(), upload.received());
    }
}
