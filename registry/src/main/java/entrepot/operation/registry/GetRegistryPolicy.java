package entrepot.operation.registry;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.JsonAloneError;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.PolicyText;
import entrepot.store.MetadataStore;
import java.util.List;

/// The policy of the caller's registry, laid out as ECR does. Source: ECR API, GetRegistryPolicy.
public final class GetRegistryPolicy implements Operation<GetRegistryPolicy.Input, GetRegistryPolicy.Output> {

    public record Input() {}

    public record Output(AccountId registryId, String policyText) {}

    private final MetadataStore metadata;

    GetRegistryPolicy(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return Permissions.ofCaller(caller, name());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var registry = caller.registry();
        return metadata.read(tx -> tx.resourcePolicies()
                        .ofRegistry(registry)
                        .map(text -> PolicyText.shown(tx, text, registry.partition())))
                .map(text -> new Output(registry.account(), text))
                .orElseThrow(() -> new RegistryException(new JsonAloneError.RegistryPolicyNotFound(registry)));
    }
}
