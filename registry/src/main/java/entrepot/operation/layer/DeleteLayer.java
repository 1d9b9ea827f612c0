package entrepot.operation.layer;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Digest;
import entrepot.domain.JsonAloneError;
import entrepot.domain.Law;
import entrepot.domain.LayerError;
import entrepot.domain.RegistryException;
import entrepot.domain.RepositoryName;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.store.MetadataStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes a layer that no manifest names out of its repository: a `DELETE` of a blob on `/v2`. It has no JSON form and
/// is authorised as BatchDeleteImage.
public final class DeleteLayer implements Operation<DeleteLayer.Input, DeleteLayer.Output> {

    public record Input(@Nullable AccountId registryId, RepositoryName repositoryName, Digest layerDigest) {}

    public record Output() {}

    private final MetadataStore metadata;

    DeleteLayer(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(input.registryId()), input.repositoryName(), "BatchDeleteImage"));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var digest = input.layerDigest();
        return metadata.transactGuarded(tx -> {
            var repository = RepositoryLookup.hold(tx, caller.registry(input.registryId()), input.repositoryName());
            if (!tx.layers().find(repository, List.of(digest)).containsKey(digest)) {
                throw new RegistryException(new LayerError.LayerNotFound(repository, digest.toString()));
            }
            if (tx.layers().isReferenced(repository, digest)) {
                throw new RegistryException(
                        new JsonAloneError.Referenced("Requested layer referenced by an image: " + digest));
            }
            tx.layers().unlink(repository, digest);
            return new Output();
        });
    }
}
