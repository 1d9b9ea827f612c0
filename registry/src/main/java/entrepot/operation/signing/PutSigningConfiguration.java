package entrepot.operation.signing;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.store.MetadataStore;
import java.util.List;

/// Says by which profiles the images of the caller's registry are signed, from the next push on; these rules take the
/// place of all that there were. Whether there is such a profile is seen when something is to be signed by it. Source:
/// ECR API, PutSigningConfiguration.
public final class PutSigningConfiguration
        implements Operation<PutSigningConfiguration.Input, PutSigningConfiguration.Output> {

    public record Input(SigningConfigurationView signingConfiguration) {}

    public record Output(SigningConfigurationView signingConfiguration) {}

    private final MetadataStore metadata;

    PutSigningConfiguration(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return Permissions.ofCaller(caller, name());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var registry = caller.registry();
        var rules = input.signingConfiguration().checked(registry);
        metadata.transact(tx -> {
            tx.signings().putRules(registry, rules);
            return rules;
        });
        return new Output(SigningConfigurationView.of(rules));
    }
}
