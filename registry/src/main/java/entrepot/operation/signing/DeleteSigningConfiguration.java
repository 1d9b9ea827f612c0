package entrepot.operation.signing;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.JsonAloneError;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.store.MetadataStore;
import java.util.List;

/// Has no image of the caller's registry signed from the next push on. What is pushed already is signed still, and
/// signatures stay. Source: ECR API, DeleteSigningConfiguration.
public final class DeleteSigningConfiguration
        implements Operation<DeleteSigningConfiguration.Input, DeleteSigningConfiguration.Output> {

    public record Input() {}

    public record Output(AccountId registryId, SigningConfigurationView signingConfiguration) {}

    private final MetadataStore metadata;

    DeleteSigningConfiguration(MetadataStore metadata) {
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
            var rules = tx.signings()
                    .rules(registry)
                    .orElseThrow(
                            () -> new RegistryException(new JsonAloneError.SigningConfigurationNotFound(registry)));
            tx.signings().removeRules(registry);
            return new Output(registry.account(), SigningConfigurationView.of(rules));
        });
    }
}
