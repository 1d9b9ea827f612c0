package entrepot.domain;

/// Of Secrets Manager's operations, worded as Secrets Manager words them.
///
/// @param kind by which Secrets Manager names it
public record SecretsError(Kind kind, String message) implements RegistryError {

    /// Secrets Manager's errors (Secrets Manager API reference, "Errors" of each action, and "Common errors").
    public enum Kind {
        INVALID_NEXT_TOKEN("InvalidNextTokenException"),
        INVALID_PARAMETER("InvalidParameterException"),
        INVALID_REQUEST("InvalidRequestException"),
        LIMIT_EXCEEDED("LimitExceededException"),
        MALFORMED_POLICY_DOCUMENT("MalformedPolicyDocumentException"),
        PUBLIC_POLICY("PublicPolicyException"),
        RESOURCE_EXISTS("ResourceExistsException"),
        RESOURCE_NOT_FOUND("ResourceNotFoundException"),
        VALIDATION("ValidationException");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        public RegistryException refusal(String message) {
            return new RegistryException(new SecretsError(this, message));
        }
    }

    @Override
    public String type() {
        return kind.code;
    }
}
