package entrepot.operation;

import entrepot.auth.Access;
import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Haste;
import entrepot.domain.RegistryError;
import entrepot.domain.RegistryException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Decides what a call may do, and writes every decision down once, with what it was about. Nothing else asks
/// [Access] whether to open something.
public final class Decisions {

    private final Access access;
    private final AuditTrail audit;

    public Decisions(Access access, AuditTrail audit) {
        this.access = access;
        this.audit = audit;
    }

    /// Fails with [EveryApiError.AccessDenied] if the caller may not do all of it. An operation asks this itself
    /// of what it comes to need for one input alone.
    public void require(Caller caller, Operation<?, ?> operation, List<Permission> needs) {
        require(caller, operation, needs, Haste::refuse);
    }

    /// The same, with what is to be done in between where there is haste.
    void require(Caller caller, Operation<?, ?> operation, List<Permission> needs, Runnable prepare) {
        var event = AuditEvent.of(caller, operation, needs);
        try {
            needs.forEach(need -> access.denial(caller, need).ifPresent(Decisions::refuse));
        } catch (RegistryException e) {
            Haste.refuse();
            audit.record(event.denied(e.error()));
            throw e;
        }
        if (Haste.isHere()) {
            prepare.run();
            begin();
        }
        audit.record(event);
    }

    /// From now on it is written down, and not given up any more.
    private void begin() {
        if (audit.isBusy()) {
            Haste.refuse();
        }
        Haste.end();
    }

    /// Decides once more about a name that was decided about, since it may mean something else now. It is the same
    /// decision to who reads what is written down, so nothing is, unless it is a refusal.
    ///
    /// Fails with [EveryApiError.AccessDenied] if the caller may not.
    public void confirm(Caller caller, Operation<?, ?> operation, Permission need) {
        Haste.refuse();
        var denial = access.denial(caller, need);
        if (denial.isPresent()) {
            audit.record(AuditEvent.of(caller, operation, List.of(need)).denied(denial.get()));
            refuse(denial.get());
        }
    }

    private static void refuse(RegistryError denial) {
        throw new RegistryException(denial);
    }

    /// The first of what an operation might open besides that the caller may, for where a lack of rights is not the
    /// caller's mistake. What is written down is that one, or if there is none, all of them.
    ///
    /// @param need what opening it needs
    public <T> Optional<T> firstAllowed(
            Caller caller, Operation<?, ?> operation, Collection<T> candidates, Function<T, Permission> need) {
        Haste.refuse();
        var asked = new ArrayList<Permission>();
        var denials = new ArrayList<RegistryError>();
        for (var candidate : candidates) {
            var permission = need.apply(candidate);
            var denial = access.denial(caller, permission);
            if (denial.isEmpty()) {
                audit.record(AuditEvent.of(caller, operation, List.of(permission)));
                return Optional.of(candidate);
            }
            asked.add(permission);
            denials.add(denial.get());
        }
        if (!denials.isEmpty()) {
            audit.record(AuditEvent.of(caller, operation, asked).denied(denials.getFirst()));
        }
        return Optional.empty();
    }
}
