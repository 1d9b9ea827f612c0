package entrepot.operation.scanning;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.domain.ScanningConfiguration;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.scanning.ScanningConfigurationView.RuleView;
import entrepot.store.MetadataStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says how the images of the caller's registry are scanned, from the next push on. What was found by the other type of
/// scanning is not shown meanwhile. Source: ECR API, PutRegistryScanningConfiguration.
public final class PutRegistryScanningConfiguration
        implements Operation<PutRegistryScanningConfiguration.Input, PutRegistryScanningConfiguration.Output> {

    public record Input(
            ScanningConfiguration.@Nullable Type scanType,
            @Nullable List<RuleView> rules) {}

    public record Output(ScanningConfigurationView registryScanningConfiguration) {}

    private final MetadataStore metadata;

    PutRegistryScanningConfiguration(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return Permissions.ofCaller(caller, name());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var configuration = ScanningConfigurationView.configuration(input.scanType(), input.rules());
        return metadata.transact(tx -> {
            tx.scans().configure(caller.registry(), configuration);
            return new Output(ScanningConfigurationView.of(configuration));
        });
    }
}
