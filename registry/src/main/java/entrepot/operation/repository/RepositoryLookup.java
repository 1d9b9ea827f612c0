package entrepot.operation.repository;

import entrepot.auth.Permission;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryError;
import entrepot.domain.RepositoryName;
import entrepot.domain.TagMutability;
import entrepot.operation.Means;
import entrepot.operation.Permissions;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the repository that a call is about, or says in ECR's words that there is none.
///
/// @param createOnPush whether a push to an absent repository makes it
public record RepositoryLookup(MetadataStore metadata, InstantSource clock, boolean createOnPush) {

    public static RepositoryLookup with(Means means) {
        return new RepositoryLookup(
                means.metadata(), means.clock(), means.rules().createOnPush());
    }

    public static Repository require(Transaction tx, RegistryId registry, RepositoryName name) {
        return tx.repositories()
                .find(registry, name)
                .orElseThrow(() -> new RegistryException(new RepositoryError.RepositoryNotFound(registry, name)));
    }

    /// A repository as it stands by now; absent if another one has its name.
    public static Repository requireSame(Transaction tx, Repository seen) {
        return Optional.of(require(tx, seen.registry(), seen.name()))
                .filter(repository -> repository.id() == seen.id())
                .orElseThrow(() ->
                        new RegistryException(new RepositoryError.RepositoryNotFound(seen.registry(), seen.name())));
    }

    public Repository require(RegistryId registry, RepositoryName name) {
        return metadata.read(tx -> require(tx, registry, name));
    }

    /// For a push, which makes the repository where the configuration says so.
    public Repository requireForPush(RegistryId registry, RepositoryName name) {
        return isAbsentAndWanted(registry, name)
                ? metadata.transact(tx -> tx.repositories()
                        .find(registry, name)
                        .orElseGet(() -> tx.repositories()
                                .create(registry, name, TagMutability.MUTABLE, false, clock.instant())))
                : require(registry, name);
    }

    /// What a push needs: the action itself, and to create the repository if the push would.
    public List<Permission> pushNeeds(RegistryId registry, RepositoryName name, String action) {
        var needs = new ArrayList<Permission>();
        needs.add(Permissions.on(registry, name, action));
        if (isAbsentAndWanted(registry, name)) {
            needs.add(Permissions.on(registry, name, "CreateRepository"));
        }
        return needs;
    }

    private boolean isAbsentAndWanted(RegistryId registry, RepositoryName name) {
        return createOnPush
                && metadata.read(tx -> tx.repositories().find(registry, name)).isEmpty();
    }
}
