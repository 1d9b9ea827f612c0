package entrepot.operation.lifecycle;

import entrepot.domain.JsonAloneError;
import entrepot.domain.RegistryException;
import entrepot.domain.Repository;
import entrepot.store.LifecyclePolicies.StoredPolicy;
import entrepot.store.Transaction;
import java.time.Instant;

/// The policy that a repository has, for whoever asks for it by name.
final class StoredPolicies {

    private StoredPolicies() {}

    static StoredPolicy require(Transaction tx, Repository repository) {
        return tx.lifecyclePolicies()
                .find(repository)
                .orElseThrow(() -> new RegistryException(
                        new JsonAloneError.LifecyclePolicyNotFound(repository.registry(), repository.name())));
    }

    /// When it was evaluated last, as ECR tells it: 1970 if it never was.
    static Instant evaluatedAt(StoredPolicy policy) {
        return policy.evaluatedAt() == null ? Instant.EPOCH : policy.evaluatedAt();
    }
}
