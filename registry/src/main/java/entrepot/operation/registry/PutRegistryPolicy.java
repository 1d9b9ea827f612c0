package entrepot.operation.registry;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.auth.UnknownKeys;
import entrepot.auth.policy.PolicyKind;
import entrepot.domain.AccountId;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.PolicyText;
import entrepot.store.MetadataStore;
import java.util.List;

/// Says who may do what in the caller's registry, from the next request on. Source: ECR API, PutRegistryPolicy; ECR
/// user guide, "Private registry permissions".
public final class PutRegistryPolicy implements Operation<PutRegistryPolicy.Input, PutRegistryPolicy.Output> {

    public record Input(String policyText) {}

    public record Output(AccountId registryId, String policyText) {}

    private final MetadataStore metadata;

    PutRegistryPolicy(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return Permissions.ofCaller(caller, name());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var policy = PolicyText.parse(input.policyText(), PolicyKind.REGISTRY);
        var registry = caller.registry();
        metadata.transact(tx -> {
            tx.resourcePolicies().putRegistry(registry, policy.bound(tx, registry.partition()));
            return registry;
        });
        UnknownKeys.tell("registry " + registry.account(), policy.document());
        return new Output(registry.account(), policy.text());
    }
}
