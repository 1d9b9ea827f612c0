package entrepot.operation.repository;

import entrepot.domain.Limits;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryError;
import entrepot.domain.ResourceTag;
import entrepot.sealing.Vault;
import entrepot.store.NewRepository;
import entrepot.store.Transaction;
import java.time.InstantSource;
import java.util.List;

/// Makes repositories, as many as a registry may have, with the right to their keys and their tags.
record RepositoryMaker(Vault vault, InstantSource clock, Limits limits) {

    /// The caller has made sure that the name is free.
    Repository make(Transaction tx, NewRepository wanted, List<ResourceTag> tags) {
        requireRoom(tx, wanted.registry());
        var created = tx.repositories().create(wanted, clock.instant());
        vault.grant(tx, created);
        tx.repositories().putTags(created, tags);
        return created;
    }

    private void requireRoom(Transaction tx, RegistryId registry) {
        if (tx.repositories().count(registry) >= limits.registry().repositories()) {
            throw new RegistryException(new RepositoryError.LimitExceeded(
                    "The registry with id '%s' already has the maximum allowed number of repositories which is '%d'"
                            .formatted(registry.account(), limits.registry().repositories())));
        }
    }
}
