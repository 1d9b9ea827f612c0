package entrepot.aws;

import entrepot.auth.Caller;
import entrepot.domain.Law;
import entrepot.domain.Origin;
import entrepot.operation.Operation;
import entrepot.operation.Operations;

/// Runs operations of AWS's APIs for whoever is proven, however that was done, and whatever the input was written in.
///
/// @param law the one that holds
public record Calls(Operations door, Law law) {

    /// As ECR's API has it, but for what harms nobody.
    public Calls(Operations door) {
        this(door, Law.ECR);
    }

    /// Fails with a refusal if the caller may not, or as the operation refuses.
    public <I, O> O call(Caller caller, Service service, Operation<I, O> operation, I input) {
        return door.call(caller.calling(service.name()), law, operation, input);
    }

    /// Writes down that somebody's credentials were not good.
    ///
    /// @param name of the operation that was asked for
    /// @param code what the credentials are refused with
    public void turnedAway(Origin origin, Service service, String name, String code) {
        door.turnedAway(origin, service.name(), name, code);
    }
}
