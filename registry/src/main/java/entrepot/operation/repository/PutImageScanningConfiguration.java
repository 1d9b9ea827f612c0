package entrepot.operation.repository;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Law;
import entrepot.domain.RepositoryName;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.repository.RepositoryView.ScanningConfiguration;
import entrepot.store.MetadataStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Remembers whether a repository's images are to be scanned when pushed. Nothing scans yet, and nothing says that it
/// did. Source: ECR API, PutImageScanningConfiguration.
public final class PutImageScanningConfiguration
        implements Operation<PutImageScanningConfiguration.Input, PutImageScanningConfiguration.Output> {

    public record Input(
            @Nullable AccountId registryId,
            RepositoryName repositoryName,
            ScanningConfiguration imageScanningConfiguration) {}

    public record Output(
            AccountId registryId, RepositoryName repositoryName, ScanningConfiguration imageScanningConfiguration) {}

    private final MetadataStore metadata;

    PutImageScanningConfiguration(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(input.registryId()), input.repositoryName(), name()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var registry = caller.registry(input.registryId());
        var on = input.imageScanningConfiguration().isOn();
        return metadata.transact(tx -> {
            var repository = RepositoryLookup.require(tx, registry, input.repositoryName());
            tx.repositories().setScanOnPush(repository, on);
            return new Output(registry.account(), repository.name(), new ScanningConfiguration(on));
        });
    }
}
