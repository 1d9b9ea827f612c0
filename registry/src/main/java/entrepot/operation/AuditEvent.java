package entrepot.operation;

import entrepot.auth.CallRegion;
import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.auth.Principal;
import entrepot.domain.EveryApiError;
import entrepot.domain.Origin;
import entrepot.domain.RegistryError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One decision: who asked for what, from where, and whether they may.
///
/// @param principal null where the credentials were not accepted
/// @param service the one that was called, such as `ecr`
/// @param name of the operation, or of the login
/// @param region null where it is not known yet
/// @param permissions what was asked for
/// @param refusal null if it was allowed
public record AuditEvent(
        Origin origin,
        @Nullable Principal principal,
        String service,
        String name,
        @Nullable String region,
        List<Permission> permissions,
        @Nullable Refusal refusal) {

    /// Why not.
    ///
    /// @param code such as `AccessDenied`
    public record Refusal(String code, String message) {}

    public AuditEvent {
        permissions = List.copyOf(permissions);
    }

    static AuditEvent of(Caller caller, Operation<?, ?> operation, List<Permission> permissions) {
        var service = caller.service();
        return new AuditEvent(
                caller.origin(),
                caller.principal(),
                service,
                operation.name(),
                CallRegion.of(service, caller.registry().region()),
                permissions,
                null);
    }

    AuditEvent denied(RegistryError error) {
        var code = error instanceof EveryApiError.AccessDenied ? "AccessDenied" : error.type();
        return new AuditEvent(
                origin, principal, service, name, region, permissions, new Refusal(code, error.message()));
    }

    /// Of credentials that were not accepted. What they said is not told: it may be a secret in the wrong place.
    static AuditEvent unauthenticated(Origin origin, String service, String name, String code) {
        var refusal = new Refusal(code, "The credentials were not accepted");
        return new AuditEvent(origin, null, service, name, null, List.of(), refusal);
    }
}
