package entrepot.operation.lifecycle;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Law;
import entrepot.domain.RepositoryName;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.store.MetadataStore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The lifecycle policy of a repository, as it came. Source: ECR API, GetLifecyclePolicy.
public final class GetLifecyclePolicy implements Operation<GetLifecyclePolicy.Input, GetLifecyclePolicy.Output> {

    public record Input(@Nullable AccountId registryId, RepositoryName repositoryName) {}

    /// The policy and when it was run.
    ///
    /// @param lastEvaluatedAt 1970 where it has not run yet
    public record Output(
            AccountId registryId, RepositoryName repositoryName, String lifecyclePolicyText, Instant lastEvaluatedAt) {}

    private final MetadataStore metadata;

    GetLifecyclePolicy(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(input.registryId()), input.repositoryName(), name()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var registry = caller.registry(input.registryId());
        var policy = metadata.read(
                tx -> StoredPolicies.require(tx, RepositoryLookup.require(tx, registry, input.repositoryName())));
        return new Output(
                registry.account(), input.repositoryName(), policy.document(), StoredPolicies.evaluatedAt(policy));
    }
}
