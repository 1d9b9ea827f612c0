package entrepot.operation.lifecycle;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Law;
import entrepot.domain.RepositoryName;
import entrepot.lifecycle.LifecyclePolicy;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.store.MetadataStore;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says what becomes of a repository's images as they age, in place of any policy that is there. Source: ECR API,
/// PutLifecyclePolicy.
public final class PutLifecyclePolicy implements Operation<PutLifecyclePolicy.Input, PutLifecyclePolicy.Output> {

    public record Input(@Nullable AccountId registryId, RepositoryName repositoryName, String lifecyclePolicyText) {}

    public record Output(AccountId registryId, RepositoryName repositoryName, String lifecyclePolicyText) {}

    private final MetadataStore metadata;
    private final InstantSource clock;

    PutLifecyclePolicy(MetadataStore metadata, InstantSource clock) {
        this.metadata = metadata;
        this.clock = clock;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(input.registryId()), input.repositoryName(), name()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var registry = caller.registry(input.registryId());
        var text = input.lifecyclePolicyText();
        LifecyclePolicy.parse(text);
        metadata.transact(tx -> {
            var repository = RepositoryLookup.require(tx, registry, input.repositoryName());
            tx.lifecyclePolicies().putNew(repository, text, clock.instant());
            return repository;
        });
        return new Output(registry.account(), input.repositoryName(), text);
    }
}
