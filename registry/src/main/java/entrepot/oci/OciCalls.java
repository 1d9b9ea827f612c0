package entrepot.oci;

import entrepot.auth.Caller;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.Operations;

/// The one door to the operations, as one caller goes through it under the specification's law.
record OciCalls(Operations door, Caller caller) {

    <I, O> O call(Operation<I, O> operation, I input) {
        return door.call(caller, Law.OCI, operation, input);
    }
}
