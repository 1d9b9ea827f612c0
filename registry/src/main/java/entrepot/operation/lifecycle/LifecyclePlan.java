package entrepot.operation.lifecycle;

import entrepot.domain.Repository;
import entrepot.lifecycle.Evaluation;
import entrepot.lifecycle.LifecycleImage;
import entrepot.lifecycle.LifecycleOutcome;
import entrepot.lifecycle.LifecyclePolicy;
import entrepot.store.LifecyclePolicies.StoredPolicy;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the policy of a repository would do to it at one moment.
///
/// @param at that moment
/// @param changes of the repository's images until then
public record LifecyclePlan(
        Repository repository,
        StoredPolicy policy,
        LifecyclePolicy rules,
        LifecycleOutcome outcome,
        Instant at,
        long changes) {

    /// By one snapshot. Empty if the repository has no policy.
    public static Optional<LifecyclePlan> of(MetadataStore metadata, Repository repository, Instant now) {
        var seen = metadata.read(
                tx -> tx.lifecyclePolicies().find(repository).map(policy -> Seen.of(tx, repository, policy)));
        return seen.map(all -> {
            var rules = LifecyclePolicy.parse(all.policy().document());
            var outcome = Evaluation.of(rules, all.images(), now);
            return new LifecyclePlan(repository, all.policy(), rules, outcome, now, all.changes());
        });
    }

    private record Seen(StoredPolicy policy, long changes, List<LifecycleImage> images) {
        static Seen of(Transaction tx, Repository repository, StoredPolicy policy) {
            return new Seen(policy, tx.images().changes(repository), new RepositoryImages(tx, repository).all());
        }
    }
}
