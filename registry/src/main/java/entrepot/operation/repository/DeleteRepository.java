package entrepot.operation.repository;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.JsonAloneError;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.operation.ImageChanges;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.sealing.Vault;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
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
    private final ImageChanges changes;
    private final InstantSource clock;

    DeleteRepository(Means.Kept kept, InstantSource clock) {
        this.metadata = kept.metadata();
        this.vault = kept.vault();
        this.changes = kept.changes();
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
            delete(tx, repository, caller);
            return repository;
        });
        return new Output(RepositoryView.of(deleted, caller));
    }

    private void delete(Transaction tx, Repository repository, Caller caller) {
        var now = clock.instant();
        if (changes.tellDeletion(tx, repository, caller.principal().arn(), now)) {
            tx.repositories().deleteKept(repository, now);
        } else {
            tx.repositories().delete(repository, now);
        }
    }
}
