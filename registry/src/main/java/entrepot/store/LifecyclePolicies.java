package entrepot.store;

import entrepot.domain.Repository;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The lifecycle policy of each repository, as a text that its writer has found well-formed, and when it is to be run.
public interface LifecyclePolicies {

    /// From the moment that a policy is put to its first run.
    Duration RESPITE = Duration.ofSeconds(10);

    /// A policy as it is kept.
    ///
    /// @param id another one for each that was put
    /// @param evaluatedAt when it was run last; null if it never was
    record StoredPolicy(
            String id, String document, @Nullable Instant evaluatedAt) {}

    Optional<StoredPolicy> find(Repository repository);

    /// In place of any that is there.
    void put(Repository repository, StoredPolicy policy, Instant dueAt);

    /// A new one, in place of any that is there, which is run first when whoever sees a mistake has had time to mend
    /// it.
    default void putNew(Repository repository, String document, Instant now) {
        var policy = new StoredPolicy(UUID.randomUUID().toString(), document, null);
        put(repository, policy, now.plus(RESPITE));
    }

    /// Removing an absent one is not an error.
    void delete(Repository repository);

    /// It was run, and is to be run again then. Nothing is done where another one is there by now.
    void evaluated(Repository repository, StoredPolicy policy, Instant at, Instant dueAt);

    /// The ids of repositories whose policies are due by now, the longest due first, then of those that are due later
    /// than any could be, as after the clock was set back.
    ///
    /// @param latest when any of them is due at the latest
    List<Long> due(Instant now, Instant latest, int limit);

    /// The ids of repositories that have one, in their order, those above `afterId`.
    List<Long> repositories(long afterId, int limit);
}
