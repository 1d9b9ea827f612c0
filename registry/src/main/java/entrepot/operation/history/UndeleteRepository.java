package entrepot.operation.history;

import entrepot.auth.Caller;
import entrepot.domain.ImageChange.Kind;
import entrepot.domain.Limits;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.ResourceTag;
import entrepot.sealing.Vault;
import entrepot.store.MetadataStore;
import entrepot.store.Repositories.Deleted;
import entrepot.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brings back a deleted repository with all that it had. Fails with UndeleteException, in words for whoever
/// asked, where that is not to be.
///
/// @param vault by which it may use its key again
/// @param policyPause how long its lifecycle policy waits before it runs again
public record UndeleteRepository(
        MetadataStore metadata, Vault vault, InstantSource clock, Limits limits, Duration policyPause) {

    /// Brings it back.
    ///
    /// @param at when it was there; null for the one that was deleted last
    public Repository run(RegistryId registry, RepositoryName name, @Nullable Instant at) {
        return run(registry, name, at, Undelete.PRINCIPAL);
    }

    /// The same for a caller, who is then who brought it back: the one of their registry that was deleted last.
    Repository run(Caller caller, RepositoryName name) {
        return run(caller.registry(), name, null, caller.principal().arn());
    }

    /// The tags that the one had which was deleted last.
    List<ResourceTag> tags(RegistryId registry, RepositoryName name) {
        return metadata.read(tx -> tx.repositories().deleted(registry, name).stream()
                .findFirst()
                .map(tx.repositories()::tags)
                .orElse(List.of()));
    }

    private Repository run(RegistryId registry, RepositoryName name, @Nullable Instant at, String principal) {
        return metadata.transact(tx -> {
            refuseTaken(tx, registry, name);
            var deleted = deleted(tx, registry, name, at);
            var now = clock.instant();
            var repository = tx.repositories().undelete(deleted, now.plus(policyPause));
            vault.grant(tx, repository);
            tx.history().tell(repository, Kind.RESTORE, principal, now);
            return repository;
        });
    }

    private void refuseTaken(Transaction tx, RegistryId registry, RepositoryName name) {
        if (tx.repositories().find(registry, name).isPresent()) {
            throw new UndeleteException("there is a repository %s now".formatted(name));
        }
        var most = limits.registry().repositories();
        if (tx.repositories().count(registry) >= most) {
            throw new UndeleteException(
                    "the registry has %d repositories already, which is the most (limits.repositories)"
                            .formatted(most));
        }
    }

    private static Deleted deleted(Transaction tx, RegistryId registry, RepositoryName name, @Nullable Instant at) {
        return tx.repositories().deleted(registry, name).stream()
                .filter(one -> at == null
                        || (!one.createdAt().isAfter(at) && one.deletedAt().isAfter(at)))
                .findFirst()
                .orElseThrow(() -> new UndeleteException(
                        "there is no deleted repository %s in account %s, region %s: it was never there%s, or it is kept no more"
                                .formatted(
                                        name,
                                        registry.account(),
                                        registry.region(),
                                        at == null ? "" : " at that time")));
    }
}
