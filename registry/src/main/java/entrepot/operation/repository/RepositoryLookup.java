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

/// Finds the repository that a call is about, or says in ECR's words that there is none.
///
/// @param createOnPush whether a push to an absent repository makes it
public record RepositoryLookup(MetadataStore metadata, InstantSource clock, boolean createOnPush) {

    public static RepositoryLookup with(Means means) {
        return new RepositoryLookup(
                means.metadata(), means.clock(), means.rules().createOnPush());
    }

    public static Repository require(Transaction tx, RegistryId registry, RepositoryName name) {
        return tx.repositories().find(registry, name).orElseThrow(() -> absent(registry, name));
    }

    /// The same, which stays as it is until the transaction ends.
    public static Repository hold(Transaction tx, RegistryId registry, RepositoryName name) {
        return tx.repositories().hold(registry, name).orElseThrow(() -> absent(registry, name));
    }

    /// The same, and nobody else holds it.
    public static Repository holdAlone(Transaction tx, RegistryId registry, RepositoryName name) {
        return tx.repositories().holdAlone(registry, name).orElseThrow(() -> absent(registry, name));
    }

    private static RegistryException absent(RegistryId registry, RepositoryName name) {
        return new RegistryException(new RepositoryError.RepositoryNotFound(registry, name));
    }

    /// A repository as it stands by now; absent if another one has its name.
    public static Repository requireSame(Transaction tx, Repository seen) {
        return same(require(tx, seen.registry(), seen.name()), seen);
    }

    /// The same, which stays as it is until the transaction ends.
    public static Repository holdSame(Transaction tx, Repository seen) {
        return same(hold(tx, seen.registry(), seen.name()), seen);
    }

    private static Repository same(Repository found, Repository seen) {
        if (found.id() != seen.id()) {
            throw absent(seen.registry(), seen.name());
        }
        return found;
    }

    public Repository require(RegistryId registry, RepositoryName name) {
        return metadata.ask(tx -> require(tx, registry, name));
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
                && metadata.ask(tx -> tx.repositories().find(registry, name)).isEmpty();
    }
}
