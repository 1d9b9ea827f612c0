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

/// Tells by which profiles the images of the caller's registry are signed. Source: ECR API, GetSigningConfiguration.
public final class GetSigningConfiguration
        implements Operation<GetSigningConfiguration.Input, GetSigningConfiguration.Output> {

    public record Input() {}

    public record Output(AccountId registryId, SigningConfigurationView signingConfiguration) {}

    private final MetadataStore metadata;

    GetSigningConfiguration(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return Permissions.ofCaller(caller, name());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var registry = caller.registry();
        var rules = metadata.ask(tx -> tx.signings().rules(registry))
                .orElseThrow(() -> new RegistryException(new JsonAloneError.SigningConfigurationNotFound(registry)));
        return new Output(registry.account(), SigningConfigurationView.of(rules));
    }
}
