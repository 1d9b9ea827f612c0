package entrepot.operation.repository;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Law;
import entrepot.domain.RepositoryName;
import entrepot.domain.TagMutability;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.repository.RepositoryView.ExclusionFilter;
import entrepot.store.MetadataStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says which tags of a repository may be moved, from the next push on. Source: ECR API, PutImageTagMutability.
public final class PutImageTagMutability
        implements Operation<PutImageTagMutability.Input, PutImageTagMutability.Output> {

    public record Input(
            @Nullable AccountId registryId,
            RepositoryName repositoryName,
            TagMutability.Mode imageTagMutability,
            @Nullable List<ExclusionFilter> imageTagMutabilityExclusionFilters) {}

    public record Output(
            AccountId registryId,
            RepositoryName repositoryName,
            TagMutability.Mode imageTagMutability,
            @Nullable List<ExclusionFilter> imageTagMutabilityExclusionFilters) {}

    private final MetadataStore metadata;

    PutImageTagMutability(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(input.registryId()), input.repositoryName(), name()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var registry = caller.registry(input.registryId());
        var mutability =
                ExclusionFilter.mutability(input.imageTagMutability(), input.imageTagMutabilityExclusionFilters());
        return metadata.transact(tx -> {
            var repository = RepositoryLookup.require(tx, registry, input.repositoryName());
            tx.repositories().setTagMutability(repository, mutability);
            return new Output(
                    registry.account(), repository.name(), mutability.mode(), ExclusionFilter.all(mutability));
        });
    }
}
