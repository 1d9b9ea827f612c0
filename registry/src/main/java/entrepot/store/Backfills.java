package entrepot.store;

import entrepot.domain.Digest;
import entrepot.domain.RegistryId;
import entrepot.domain.ReplicationRules;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.store.Replication.Change;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Bringing registries what others had before there was a rule for it.
public interface Backfills {

    /// ECR's `ReplicationBackfillStatus`.
    enum Status {
        PREPARING,
        IN_PROGRESS,
        COMPLETE,
        FAILED,
        STOPPING,
        STOPPED;

        public boolean isOver() {
            return this == COMPLETE || this == FAILED || this == STOPPED;
        }
    }

    /// One of them.
    ///
    /// @param id in the order of beginnings
    /// @param uuid by which callers know it
    /// @param failure why it failed; null if it did not
    /// @param total how many images and tags it is about; negative as long as that is not known
    /// @param afterRepository up to which one images have been looked for, and in it up to which one
    record Backfill(
            long id,
            String uuid,
            RegistryId registry,
            RegistryId destination,
            ReplicationRules rules,
            Status status,
            @Nullable String failure,
            long total,
            String afterRepository,
            long afterImage,
            Instant startedAt,
            @Nullable Instant endedAt) {}

    /// An image with one of its tags, or with none, and what came of it.
    ///
    /// @param status COMPLETE or FAILED
    /// @param partFailures what failed of what it names, each code once; null if it is no list
    record Entry(
            long id,
            RepositoryName repository,
            Digest digest,
            @Nullable Tag tag,
            Status status,
            @Nullable String failure,
            @Nullable List<String> partFailures) {}

    /// How far it is.
    ///
    /// @param failures each code once, in their order
    record Counts(long completed, long failed, List<String> failures) {}

    /// Begins one.
    ///
    /// @return empty if there is one for that region
    Optional<Backfill> start(
            String uuid, RegistryId registry, RegistryId destination, ReplicationRules rules, Instant now);

    Optional<Backfill> find(RegistryId registry, String uuid);

    Optional<Backfill> find(long id);

    /// Those of a registry that are not over.
    List<Backfill> running(RegistryId registry);

    /// Those of a registry, the latest first, that began before that one, or from the latest on.
    ///
    /// @param before an id; null for none
    List<Backfill> page(RegistryId registry, @Nullable Long before, int limit);

    /// All that are not over, in the order of ids.
    List<Backfill> running();

    /// So far images have been looked for.
    void advance(Backfill backfill, String afterRepository, long afterImage);

    /// An image that it is about, by the change that brings it.
    ///
    /// @param isList whether it names others
    void add(Backfill backfill, Change change, boolean isList);

    /// All images that it is about are known.
    void prepared(Backfill backfill);

    /// It is to end.
    void stop(Backfill backfill);

    /// It is over.
    void end(Backfill backfill, Status status, @Nullable String failure, Instant now);

    /// What came of an image.
    ///
    /// @param failure a code; null where it came there
    /// @param partFailures codes of what it names
    void result(Change change, @Nullable String failure, Collection<String> partFailures);

    /// What waits for it waits no more, at most so many changes. Says how many these were.
    int drop(Backfill backfill, int limit);

    /// Whether nothing of it waits.
    boolean isDone(Backfill backfill);

    Counts counts(Backfill backfill);

    /// In the order of ids, those above `after`.
    ///
    /// @param which those that ended so; null for all that ended
    List<Entry> entries(Backfill backfill, @Nullable Status which, long after, int limit);

    /// Forgets those that ended before.
    void forget(Instant endedBefore);
}
