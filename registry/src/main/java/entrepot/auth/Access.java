package entrepot.auth;

import entrepot.domain.RegistryError;
import entrepot.domain.RegistryException;

/// Decides whether a caller may do something. Policies are not looked at yet: a root may do everything in its own
/// account and nothing in another, whether that exists or not; a user may do nothing.
public final class Access {

    /// Fails with [RegistryError.AccessDenied], in AWS's words, if the caller may not.
    public void require(Caller caller, Permission permission) {
        var principal = caller.principal();
        if (!principal.account().equals(permission.account())) {
            throw denied(caller, permission, "resource-based");
        }
        if (!principal.isRoot()) {
            throw denied(caller, permission, "identity-based");
        }
    }

    /// The same question where a no is no refusal.
    public boolean allows(Caller caller, Permission permission) {
        return caller.principal().isRoot() && caller.principal().account().equals(permission.account());
    }

    private static RegistryException denied(Caller caller, Permission permission, String kind) {
        return new RegistryException(new RegistryError.AccessDenied(
                caller.principal().arn(),
                permission.action(),
                permission.resource(),
                "because no %s policy allows the %s action".formatted(kind, permission.action())));
    }
}
