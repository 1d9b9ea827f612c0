package entrepot.ecr;

import entrepot.auth.Authentication;
import java.util.Map;

/// A refusal as the JSON API words it.
///
/// @param type what the body calls `__type`
/// @param members what the body has beside type and message
record EcrError(int status, String type, String message, Map<String, Object> members) {

    /// What a client learns of a fault that is ours.
    static final EcrError INTERNAL =
            new EcrError(500, "InternalFailure", "The request failed because of an error in the registry.");

    EcrError(int status, String type, String message) {
        this(status, type, message, Map.of());
    }

    /// JSON that is broken, or has a member of another type than the model's.
    static EcrException serialization(String message) {
        return new EcrException(new EcrError(400, "SerializationException", message));
    }

    static EcrException tooLarge(long most) {
        var message = "The request's body is larger than %d bytes.".formatted(most);
        return new EcrException(new EcrError(413, "RequestEntityTooLargeException", message));
    }

    /// No operation is named that ECR has.
    static EcrException unknownOperation() {
        return new EcrException(new EcrError(
                404, "UnknownOperationException", "The X-Amz-Target header names no operation of Amazon ECR."));
    }

    /// ECR has the operation, and this registry does not yet.
    static EcrException notImplemented(String operation) {
        var message = "This registry does not have the operation %s yet.".formatted(operation);
        return new EcrException(new EcrError(501, "NotImplementedException", message));
    }

    /// In the words and with the status of the live service, which differ from its documentation's.
    static EcrException notAuthenticated(Authentication why) {
        return new EcrException(
                switch (why) {
                    case Authentication.Rejected(var type, var message) -> new EcrError(400, type, message);
                    case Authentication.Missing _ ->
                        new EcrError(400, "MissingAuthenticationTokenException", "Missing Authentication Token");
                    case Authentication.Proven _ -> throw new IllegalStateException("nothing is wrong with it");
                });
    }
}
