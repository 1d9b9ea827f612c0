package entrepot.oci;

import entrepot.auth.Caller;
import entrepot.operation.Operation;
import entrepot.operation.Operations;

/// The one door to the operations, as one caller goes through it.
///
/// @param form of what is answered, with the law that holds
record OciCalls(Operations door, Caller caller, Form form) {

    <I, O> O call(Operation<I, O> operation, I input) {
        return door.call(caller, form.law(), operation, input);
    }
}
