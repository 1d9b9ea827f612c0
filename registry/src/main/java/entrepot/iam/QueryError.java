package entrepot.iam;

import entrepot.auth.Authentication;

/// A refusal as the Query protocol words it.
///
/// @param code AWS's name, such as `NoSuchEntity`
record QueryError(int status, String code, String message) {

    /// What a client learns of a fault that is ours.
    static final QueryError INTERNAL =
            new QueryError(500, "ServiceFailure", "The request failed because of an error in the registry.");

    /// Who is at fault: `Sender` or `Receiver`.
    String type() {
        return status < 500 ? "Sender" : "Receiver";
    }

    /// A form that is not one.
    static QueryException malformed(String message) {
        return refusal(400, "MalformedInput", message);
    }

    static QueryException validation(String message) {
        return refusal(400, "ValidationError", message);
    }

    static QueryException tooLarge(long most) {
        return refusal(413, "RequestEntityTooLarge", "The request's body is larger than %d bytes.".formatted(most));
    }

    static QueryException missingAction() {
        return refusal(400, "MissingAction", "The request must contain the parameter Action.");
    }

    static QueryException invalidAction(String action, String version) {
        return refusal(400, "InvalidAction", "Could not find operation %s for version %s".formatted(action, version));
    }

    /// AWS has the operation, and this registry does not.
    static QueryException notImplemented(String action) {
        return refusal(501, "NotImplemented", "This registry does not have the operation %s.".formatted(action));
    }

    static QueryException wrongService(String service) {
        return refusal(
                403,
                "SignatureDoesNotMatch",
                "Credential should be scoped to correct service: '%s'. ".formatted(service));
    }

    /// In the Query protocol's names for what the JSON protocol calls otherwise. Source: IAM API reference, "Common
    /// Errors".
    static QueryException notAuthenticated(Authentication why) {
        return switch (why) {
            case Authentication.Rejected(var type, var message) -> rejected(type, message);
            case Authentication.Missing _ ->
                refusal(403, "MissingAuthenticationToken", "Request is missing Authentication Token");
            case Authentication.Proven _ -> throw new IllegalStateException("nothing is wrong with it");
        };
    }

    private static QueryException rejected(String type, String message) {
        return switch (type) {
            case "UnrecognizedClientException" -> refusal(403, "InvalidClientTokenId", message);
            case "InvalidSignatureException" -> refusal(403, "SignatureDoesNotMatch", message);
            case "IncompleteSignatureException" -> refusal(400, "IncompleteSignature", message);
            default -> refusal(403, type.replaceFirst("Exception$", ""), message);
        };
    }

    private static QueryException refusal(int status, String code, String message) {
        return new QueryException(new QueryError(status, code, message));
    }
}
