package entrepot.operation;

import entrepot.auth.Access;
import entrepot.auth.Caller;
import entrepot.domain.Law;
import entrepot.domain.Origin;

/// The one door to every operation: whoever comes in, by whatever protocol, is checked here, and written down.
public final class Operations {

    private final Decisions decisions;
    private final AuditTrail audit;

    public Operations(Access access, AuditTrail audit) {
        this.decisions = new Decisions(access, audit);
        this.audit = audit;
    }

    /// Fails with a refusal if the caller may not, or as the operation refuses.
    public <I, O> O call(Caller caller, Law law, Operation<I, O> operation, I input) {
        decisions.require(caller, operation, operation.needs(caller, input));
        return operation.run(caller, law, input);
    }

    /// Writes down that somebody did not come as far as this door.
    ///
    /// @param service the one that was called, such as `ecr`
    /// @param name of the operation that was asked for, or of the login
    /// @param code what the credentials are refused with
    public void turnedAway(Origin origin, String service, String name, String code) {
        audit.record(AuditEvent.unauthenticated(origin, service, name, code));
    }

    /// For operations that open more than what they need.
    public Decisions decisions() {
        return decisions;
    }
}
