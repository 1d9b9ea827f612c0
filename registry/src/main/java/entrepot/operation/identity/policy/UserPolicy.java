package entrepot.operation.identity.policy;

import entrepot.auth.policy.ManagedPolicies;
import entrepot.domain.Arn;
import entrepot.domain.User;
import entrepot.store.Transaction;
import java.util.Optional;
import java.util.stream.Stream;

/// A policy that a user has.
///
/// @param name of an inline policy, or of the ARN's last part
/// @param managed its ARN; empty for an inline policy
record UserPolicy(String name, Optional<Arn> managed, String text) {

    /// Far above the number of inline policies that one user can have.
    private static final int ALL = 10_000;

    /// Inline ones, then attached ones.
    static Stream<UserPolicy> of(Transaction tx, User user) {
        var inline = tx.users().policies(user, null, ALL).stream()
                .map(policy -> new UserPolicy(policy.name(), Optional.empty(), policy.document()));
        var attached = tx.users().attached(user).stream().map(arn -> managed(tx, arn));
        return Stream.concat(inline, attached);
    }

    private static UserPolicy managed(Transaction tx, Arn arn) {
        var text = ManagedPolicies.find(arn)
                .map(ManagedPolicies.ManagedPolicy::text)
                .or(() -> tx.policies().document(arn))
                .orElseThrow(() -> new IllegalStateException("an attached policy is not there: " + arn));
        return new UserPolicy(arn.value().substring(arn.value().lastIndexOf('/') + 1), Optional.of(arn), text);
    }

    /// Whether AWS made it.
    boolean isOfAws() {
        return managed.flatMap(ManagedPolicies::find).isPresent();
    }
}
