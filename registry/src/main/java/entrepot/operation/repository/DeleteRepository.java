package entrepot.operation.repository;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.JsonAloneError;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.domain.RepositoryName;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.sealing.Vault;
import entrepot.store.MetadataStore;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Deletes a repository; one that holds images only with `force`. Its rows go later, in the background. Source: ECR
/// API, DeleteRepository.
public final class DeleteRepository implements Operation<DeleteRepository.Input, DeleteRepository.Output> {

    public record Input(
            @Nullable AccountId registryId,
            RepositoryName repositoryName,
            @Nullable Boolean force) {}

    public record Output(RepositoryView repository) {}

    private final MetadataStore metadata;
    private final Vault vault;
    private final InstantSource clock;

    DeleteRepository(MetadataStore metadata, Vault vault, InstantSource clock) {
        this.metadata = metadata;
        this.vault = vault;
        this.clock = clock;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(input.registryId()), input.repositoryName(), name()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var registry = caller.registry(input.registryId());
        var deleted = metadata.transactGuarded(tx -> {
            var repository = RepositoryLookup.holdAlone(tx, registry, input.repositoryName());
            if (!Boolean.TRUE.equals(input.force()) && tx.repositories().hasImages(repository)) {
                throw new RegistryException(new JsonAloneError.RepositoryNotEmpty(registry, repository.name()));
            }
            vault.retire(tx, repository);
            tx.repositories().delete(repository, clock.instant());
            return repository;
        });
        return new Output(RepositoryView.of(deleted, caller));
    }
}
