package entrepot.operation.scanning;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.store.MetadataStore;
import java.util.List;

/// Tells how the images of the caller's registry are scanned. Source: ECR API, GetRegistryScanningConfiguration.
public final class GetRegistryScanningConfiguration
        implements Operation<GetRegistryScanningConfiguration.Input, GetRegistryScanningConfiguration.Output> {

    public record Input() {}

    public record Output(AccountId registryId, ScanningConfigurationView scanningConfiguration) {}

    private final MetadataStore metadata;

    GetRegistryScanningConfiguration(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return Permissions.ofCaller(caller, name());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var registry = caller.registry();
        var configuration = metadata.ask(tx -> tx.scans().configuration(registry));
        return new Output(registry.account(), ScanningConfigurationView.of(configuration));
    }
}
