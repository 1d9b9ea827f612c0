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

/// Takes the policy of the caller's registry away and answers what it was. Source: ECR API, DeleteRegistryPolicy.
public final class DeleteRegistryPolicy implements Operation<DeleteRegistryPolicy.Input, DeleteRegistryPolicy.Output> {

    public record Input() {}

    public record Output(AccountId registryId, String policyText) {}

    private final MetadataStore metadata;

    DeleteRegistryPolicy(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return Permissions.ofCaller(caller, name());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var registry = caller.registry();
        return metadata.transact(tx -> {
            var text = tx.resourcePolicies()
                    .ofRegistry(registry)
                    .orElseThrow(() -> new RegistryException(new JsonAloneError.RegistryPolicyNotFound(registry)));
            tx.resourcePolicies().deleteRegistry(registry);
            return new Output(registry.account(), PolicyText.shown(tx, text, registry.partition()));
        });
    }
}
