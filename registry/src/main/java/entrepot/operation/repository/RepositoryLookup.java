package entrepot.operation.repository;

import entrepot.auth.LeastRecentlyUsed;
import entrepot.auth.Permission;
import entrepot.domain.EveryApiError;
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
import java.util.Objects;
import java.util.function.Function;

/// Finds the repository that a call is about, or says in ECR's words that there is none.
///
/// @param createOnPush whether a push to an absent repository makes it
/// @param known those that were pushed to last, as they were found; any of them may be gone by now
public record RepositoryLookup(
        MetadataStore metadata, InstantSource clock, boolean createOnPush, LeastRecentlyUsed<Name, Repository> known) {

    private static final int KNOWN = 1_000;

    public RepositoryLookup(MetadataStore metadata, InstantSource clock, boolean createOnPush) {
        this(metadata, clock, createOnPush, new LeastRecentlyUsed<>(KNOWN));
    }

    /// What a repository is known by.
    public record Name(RegistryId registry, RepositoryName name) {}

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

    /// Says so of one that was there.
    public static RegistryException absent(Repository seen) {
        return absent(seen.registry(), seen.name());
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

    /// The one that was found, if it is the one that was seen.
    public static Repository same(Repository found, Repository seen) {
        if (!isSame(found, seen)) {
            throw absent(seen.registry(), seen.name());
        }
        return found;
    }

    /// Settings may have changed; one whose keys did has another cover.
    private static boolean isSame(Repository found, Repository seen) {
        return found.id() == seen.id() && Objects.equals(found.keys(), seen.keys());
    }

    public Repository require(RegistryId registry, RepositoryName name) {
        return metadata.ask(tx -> require(tx, registry, name));
    }

    /// Does what a push does, which makes the repository where the configuration says so.
    ///
    /// @param work looks at the repository again, and refuses where it is not there any more. So the one that was
    ///     there last is tried; only where that is refused one looks for the one that is there now.
    public <T> T forPush(RegistryId registry, RepositoryName name, Function<Repository, T> work) {
        var last = known.get(new Name(registry, name));
        if (last.isEmpty()) {
            return work.apply(lookUp(registry, name));
        }
        try {
            return work.apply(last.get());
        } catch (RegistryException refusal) {
            return again(last.get(), refusal, work);
        }
    }

    /// What is refused of every API has nothing to do with the repository.
    private <T> T again(Repository tried, RegistryException refusal, Function<Repository, T> work) {
        if (refusal.error() instanceof EveryApiError) {
            throw refusal;
        }
        var found = lookUp(tried.registry(), tried.name());
        if (isSame(found, tried)) {
            throw refusal;
        }
        return work.apply(found);
    }

    private Repository lookUp(RegistryId registry, RepositoryName name) {
        var found = requireForPush(registry, name);
        known.put(new Name(registry, name), found);
        return found;
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
