package entrepot.operation;

import entrepot.auth.Access;
import entrepot.auth.Caller;
import entrepot.domain.Law;

/// The one door to every operation: whoever comes in, by whatever protocol, is checked here.
public final class Operations {

    private final Access access;

    public Operations(Access access) {
        this.access = access;
    }

    /// Fails with a refusal if the caller may not, or as the operation refuses.
    public <I, O> O call(Caller caller, Law law, Operation<I, O> operation, I input) {
        for (var permission : operation.needs(caller, input)) {
            access.require(caller, permission);
        }
        return operation.run(caller, law, input);
    }
}
