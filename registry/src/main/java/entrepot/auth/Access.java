package entrepot.auth;

import entrepot.domain.RegistryError;
import entrepot.domain.RegistryException;

/// Decides whether a caller may do something. There are only root principals yet: each may do everything in its own
/// account and nothing in another, whether that exists or not.
public final class Access {

    /// Fails with [RegistryError.AccessDenied], in AWS's words, if the caller may not.
    public void require(Caller caller, Permission permission) {
        if (!allows(caller, permission)) {
            throw new RegistryException(new RegistryError.AccessDenied(
                    caller.principal().arn(),
                    permission.action(),
                    permission.resource(),
                    "because no resource-based policy allows the %s action".formatted(permission.action())));
        }
    }

    /// The same question where a no is no refusal.
    public boolean allows(Caller caller, Permission permission) {
        return caller.principal().account().equals(permission.account());
    }
}
