package entrepot.operation.cache;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.operation.Permissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What whoever makes or changes a rule must be allowed: that, and to pass the role, as in ECR. A secret whose name begins
/// with `ecr-pullthroughcache/` is for rules to use.
final class RuleNeeds {

    private RuleNeeds() {}

    static List<Permission> of(Caller caller, String action, @Nullable AccountId registryId, @Nullable Arn role) {
        var needs = new ArrayList<>(Permissions.anywhere(caller.registry(registryId), action));
        var named = named(role);
        if (named != null) {
            needs.add(new Permission(caller.registry(registryId).account(), "iam:PassRole", named)
                    .with("iam:PassedToService", List.of("pullthroughcache.ecr.amazonaws.com")));
        }
        return needs;
    }

    /// Null for an empty text, too.
    static @Nullable Arn named(@Nullable Arn role) {
        return role == null || role.value().isEmpty() ? null : role;
    }
}
