package entrepot.operation.repository;

import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryError;
import entrepot.domain.RepositoryName;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.util.Objects;

/// Finds the repository that a call is about, or says in ECR's words that there is none.
public record RepositoryLookup(MetadataStore metadata) {

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

    /// Says so of one that was there.
    public static RegistryException absent(Repository seen) {
        return absent(seen.registry(), seen.name());
    }

    static RegistryException absent(RegistryId registry, RepositoryName name) {
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

    /// The one that was found, if it is the one that was seen.
    public static Repository same(Repository found, Repository seen) {
        if (!isSame(found, seen)) {
            throw absent(seen.registry(), seen.name());
        }
        return found;
    }

    /// Settings may have changed; one whose keys did has another cover.
    static boolean isSame(Repository found, Repository seen) {
        return found.id() == seen.id() && Objects.equals(found.keys(), seen.keys());
    }

    public Repository require(RegistryId registry, RepositoryName name) {
        return metadata.ask(tx -> require(tx, registry, name));
    }
}
