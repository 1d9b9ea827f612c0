package entrepot.operation;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Arn;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import java.util.List;

/// The usual answers to what an operation needs. Source: service authorization reference, "Actions, resources, and
/// condition keys for Amazon ECR".
public final class Permissions {

    private Permissions() {}

    /// `ecr:` and the action, on one repository.
    public static Permission on(RegistryId registry, RepositoryName name, String action) {
        return new Permission(registry.account(), "ecr:" + action, registry.repository(name));
    }

    /// An action that is about no one repository, in a registry.
    public static List<Permission> anywhere(RegistryId registry, String action) {
        return List.of(new Permission(registry.account(), "ecr:" + action, Arn.ANY));
    }

    /// An action of the caller's own account.
    public static List<Permission> ofCaller(Caller caller, String action) {
        return List.of(inAccount(caller, action));
    }

    /// The same, to say more of.
    public static Permission inAccount(Caller caller, String action) {
        return new Permission(caller.principal().account(), "ecr:" + action, Arn.ANY);
    }
}
