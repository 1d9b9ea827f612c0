package entrepot.operation.lifecycle;

import entrepot.domain.Repository;
import entrepot.lifecycle.Evaluation;
import entrepot.lifecycle.LifecycleImage;
import entrepot.lifecycle.LifecycleOutcome;
import entrepot.lifecycle.LifecyclePolicy;
import entrepot.store.LifecyclePolicies.StoredPolicy;
import entrepot.store.MetadataStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the policy of a repository would do to it at one moment.
///
/// @param at that moment
public record LifecyclePlan(
        Repository repository, StoredPolicy policy, LifecyclePolicy rules, LifecycleOutcome outcome, Instant at) {

    /// By one snapshot. Empty if the repository has no policy.
    public static Optional<LifecyclePlan> of(MetadataStore metadata, Repository repository, Instant now) {
        var seen = metadata.read(tx -> tx.lifecyclePolicies()
                .find(repository)
                .map(policy -> new Seen(policy, new RepositoryImages(tx, repository).all())));
        return seen.map(all -> {
            var rules = LifecyclePolicy.parse(all.policy().document());
            return new LifecyclePlan(repository, all.policy(), rules, Evaluation.of(rules, all.images(), now), now);
        });
    }

    private record Seen(StoredPolicy policy, List<LifecycleImage> images) {}
}
