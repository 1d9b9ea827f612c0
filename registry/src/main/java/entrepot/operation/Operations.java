package entrepot.operation;

import entrepot.auth.Access;
import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Haste;
import entrepot.domain.Law;
import entrepot.domain.Origin;
import entrepot.watch.Watch;
import java.util.List;
import java.util.function.Supplier;

/// The one door to every operation: whoever comes in, by whatever protocol, is checked here, and written down.
public final class Operations {

    private final Decisions decisions;
    private final AuditTrail audit;
    private final Watch watch;

    public Operations(Access access, AuditTrail audit) {
        this(access, audit, Watch.NONE);
    }

    /// @param watch is told of each call, and how it ended
    public Operations(Access access, AuditTrail audit, Watch watch) {
        this.decisions = new Decisions(access, audit);
        this.audit = audit;
        this.watch = watch;
    }

    /// Fails with a refusal if the caller may not, or as the operation refuses.
    public <I, O> O call(Caller caller, Law law, Operation<I, O> operation, I input) {
        return call(caller, operation, () -> operation.needs(caller, input), input, law);
    }

    /// The same, for what the registry does itself in somebody's name: they need the right to have it done.
    ///
    /// @param needs in the place of the operation's own
    public <I, O> O call(Caller caller, Law law, Operation<I, O> operation, I input, List<Permission> needs) {
        return call(caller, operation, () -> needs, input, law);
    }

    private <I, O> O call(
            Caller caller, Operation<I, O> operation, Supplier<List<Permission>> needs, I input, Law law) {
        var work = watch.begin(Watch.Kind.OPERATION, operation.name());
        var outcome = Watch.OK;
        try {
            decisions.require(caller, operation, needs.get(), () -> operation.prepare(caller, law, input));
            return operation.run(caller, law, input);
        } catch (RuntimeException | Error e) {
            outcome = Outcome.of(e);
            throw e;
        } finally {
            work.end(outcome);
        }
    }

    /// Writes down that somebody did not come as far as this door.
    ///
    /// @param service the one that was called, such as `ecr`
    /// @param name of the operation that was asked for, or of the login
    /// @param code what the credentials are refused with
    public void turnedAway(Origin origin, String service, String name, String code) {
        Haste.refuse();
        audit.record(AuditEvent.unauthenticated(origin, service, name, code));
    }

    /// For operations that open more than what they need.
    public Decisions decisions() {
        return decisions;
    }
}
