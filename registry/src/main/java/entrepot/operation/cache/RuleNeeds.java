package entrepot.operation.cache;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.SecretArn;
import entrepot.operation.Permissions;
import entrepot.operation.secret.SecretNeeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What whoever makes or changes a rule must be allowed: that, to pass the role, as in ECR, and to read the secret,
/// which
/// else anybody who may make rules could have sent to a registry of their choice.
final class RuleNeeds {

    private RuleNeeds() {}

    /// What a rule is to use.
    record Given(@Nullable Arn credential, @Nullable Arn role) {}

    static List<Permission> of(Caller caller, String action, @Nullable AccountId registryId, Given given) {
        var needs = new ArrayList<>(Permissions.anywhere(caller.registry(registryId), action));
        var named = named(given.role());
        if (named != null) {
            needs.add(new Permission(caller.registry(registryId).account(), "iam:PassRole", named)
                    .with("iam:PassedToService", List.of("pullthroughcache.ecr.amazonaws.com")));
        }
        Optional.ofNullable(given.credential())
                .flatMap(credential -> SecretArn.parse(credential.value()))
                .filter(secret -> secret.home().equals(caller.registry(registryId))) // another is not found
                .map(secret -> SecretNeeds.on("GetSecretValue", secret))
                .ifPresent(needs::add);
        return needs;
    }

    /// Null for an empty text, too.
    static @Nullable Arn named(@Nullable Arn role) {
        return role == null || role.value().isEmpty() ? null : role;
    }
}
