package entrepot.store;

import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.ResourceTag;
import entrepot.domain.TagMutability;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The repositories of all registries, and their resource tags.
public interface Repositories {

    Optional<Repository> find(RegistryId registry, RepositoryName name);

    Optional<Repository> find(long id);

    /// The same as by [#find], which stays as it is until the transaction ends: nobody deletes it or changes its
    /// settings. Others may hold it, too.
    Optional<Repository> hold(RegistryId registry, RepositoryName name);

    /// The same, and nobody else holds it, or stores anything in it.
    Optional<Repository> holdAlone(RegistryId registry, RepositoryName name);

    /// The caller has made sure that the name is free; a lost race fails the transaction, which runs again.
    Repository create(NewRepository repository, Instant now);

    /// The same for one that has no keys.
    default Repository create(
            RegistryId registry, RepositoryName name, TagMutability mutability, boolean scanOnPush, Instant now) {
        return create(new NewRepository(registry, name, mutability, scanOnPush, null), now);
    }

    /// In the byte order of names, those after `after`, which may be any text, or from the first one.
    List<Repository> list(RegistryId registry, @Nullable String after, int limit);

    /// Of all registries, in the order of ids, those above `afterId`. For looking after the store, never for answering
    /// a client.
    List<Repository> all(long afterId, int limit);

    int count(RegistryId registry);

    void setTagMutability(Repository repository, TagMutability mutability);

    void setScanOnPush(Repository repository, boolean scanOnPush);

    boolean hasImages(Repository repository);

    /// The repository and all in it are gone for every reader, and its name is free. Its rows go by [#purge]. Who has
    /// looked for something in it first has it by [#holdAlone].
    void delete(Repository repository, Instant now);

    /// The same, and all of it is kept: it may be had back by [#undelete].
    void deleteKept(Repository repository, Instant now);

    /// The ids of deleted repositories that still have rows, in the order of ids.
    List<Long> deleted(int limit);

    /// The same without those that have not been kept for so long.
    List<Long> deleted(Duration keep, int limit);

    /// Those of this name that are kept, the one that was deleted last first.
    List<Deleted> deleted(RegistryId registry, RepositoryName name);

    /// Those of a registry that are kept, the one that was deleted last first.
    List<DeletedName> deleted(RegistryId registry, int limit);

    /// It is there again, with all that it had. The caller has made sure that its name is free.
    ///
    /// @param policyDue when its lifecycle policy is to be run, if it has one
    Repository undelete(Deleted deleted, Instant policyDue);

    /// The ids of all that are or were called so and have rows, in the order of ids.
    List<Long> named(RegistryId registry, RepositoryName name);

    /// Removes up to about `rows` rows of a deleted repository, its own at last. Says whether there may be more.
    boolean purge(long id, int rows);

    /// In the byte order of keys.
    List<ResourceTag> tags(Repository repository);

    /// Those that one had which is kept, in the same order.
    List<ResourceTag> tags(Deleted deleted);

    /// Adds the tags; one with the key of an existing tag takes its place.
    void putTags(Repository repository, Collection<ResourceTag> tags);

    /// Removing an absent key is not an error.
    void removeTags(Repository repository, Collection<String> keys);

    /// A deleted repository that may be had back.
    record Deleted(long id, Instant createdAt, Instant deletedAt) {}

    /// The same, by its name.
    record DeletedName(RepositoryName name, Deleted repository) {}
}
