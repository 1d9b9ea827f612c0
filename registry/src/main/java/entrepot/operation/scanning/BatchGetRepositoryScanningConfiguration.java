package entrepot.operation.scanning;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Arn;
import entrepot.domain.Law;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.ScanningConfiguration;
import entrepot.domain.ScanningConfiguration.Frequency;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.scanning.ScanningConfigurationView.FilterView;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.util.ArrayList;
import java.util.List;

/// Tells how the images of some repositories are scanned, by what their registry and they themselves say. Source: ECR
/// API, BatchGetRepositoryScanningConfiguration.
public final class BatchGetRepositoryScanningConfiguration
        implements Operation<
                BatchGetRepositoryScanningConfiguration.Input, BatchGetRepositoryScanningConfiguration.Output> {

    public record Input(List<RepositoryName> repositoryNames) {}

    public record Output(List<View> scanningConfigurations, List<Failure> failures) {}

    /// ECR's `RepositoryScanningConfiguration`.
    ///
    /// @param scanOnPush whether the repository says so itself, or is to be scanned on each push and no more often
    public record View(
            Arn repositoryArn,
            RepositoryName repositoryName,
            boolean scanOnPush,
            Frequency scanFrequency,
            List<FilterView> appliedScanFilters) {

        static View of(Repository repository, ScanningConfiguration configuration) {
            var applied = configuration.of(repository);
            return new View(
                    repository.arn(),
                    repository.name(),
                    repository.scanOnPush() || applied.frequency() == Frequency.SCAN_ON_PUSH,
                    applied.frequency(),
                    applied.filters().stream().map(FilterView::of).toList());
        }
    }

    /// ECR's `RepositoryScanningConfigurationFailure`.
    public record Failure(RepositoryName repositoryName, String failureCode, String failureReason) {

        static Failure absent(RegistryId registry, RepositoryName name) {
            return new Failure(
                    name,
                    "REPOSITORY_NOT_FOUND",
                    "The repository with name '%s' does not exist in the registry with id '%s'"
                            .formatted(name, registry.account()));
        }
    }

    private final MetadataStore metadata;

    BatchGetRepositoryScanningConfiguration(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return input.repositoryNames().stream()
                .distinct()
                .map(name -> Permissions.on(caller.registry(), name, name()))
                .toList();
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        return metadata.read(tx -> output(tx, caller.registry(), input));
    }

    private static Output output(Transaction tx, RegistryId registry, Input input) {
        var configuration = tx.scans().configuration(registry);
        var views = new ArrayList<View>();
        var failures = new ArrayList<Failure>();
        for (var name : input.repositoryNames().stream().distinct().toList()) {
            tx.repositories()
                    .find(registry, name)
                    .ifPresentOrElse(
                            repository -> views.add(View.of(repository, configuration)),
                            () -> failures.add(Failure.absent(registry, name)));
        }
        return new Output(views, failures);
    }
}
