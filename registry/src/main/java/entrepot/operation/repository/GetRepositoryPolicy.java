package entrepot.operation.repository;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.JsonAloneError;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.domain.RepositoryName;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.PolicyText;
import entrepot.store.MetadataStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The policy of a repository, laid out as ECR does. Source: ECR API, GetRepositoryPolicy.
public final class GetRepositoryPolicy implements Operation<GetRepositoryPolicy.Input, GetRepositoryPolicy.Output> {

    public record Input(@Nullable AccountId registryId, RepositoryName repositoryName) {}

    public record Output(AccountId registryId, RepositoryName repositoryName, String policyText) {}

    private final MetadataStore metadata;

    GetRepositoryPolicy(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(input.registryId()), input.repositoryName(), name()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var registry = caller.registry(input.registryId());
        var name = input.repositoryName();
        return metadata.read(tx -> {
            var repository = RepositoryLookup.require(tx, registry, name);
            var text = tx.resourcePolicies()
                    .ofRepository(repository)
                    .orElseThrow(
                            () -> new RegistryException(new JsonAloneError.RepositoryPolicyNotFound(registry, name)));
            return new Output(registry.account(), name, PolicyText.shown(tx, text, registry.partition()));
        });
    }
}
