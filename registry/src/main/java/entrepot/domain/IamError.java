package entrepot.domain;

/// Of IAM's operations, worded as IAM words them.
public sealed interface IamError extends RegistryError {

    /// A refusal of IAM's operations, worded as IAM words it.
    record Identity(Kind kind, String message) implements IamError {

        /// IAM's errors (IAM API reference, "Errors" of each action).
        public enum Kind {
            NO_SUCH_ENTITY("NoSuchEntity"),
            ENTITY_ALREADY_EXISTS("EntityAlreadyExists"),
            DELETE_CONFLICT("DeleteConflict"),
            LIMIT_EXCEEDED("LimitExceeded"),
            MALFORMED_POLICY_DOCUMENT("MalformedPolicyDocument"),
            INVALID_INPUT("InvalidInput"),
            VALIDATION_ERROR("ValidationError");

            private final String code;

            Kind(String code) {
                this.code = code;
            }
        }

        @Override
        public String type() {
            return kind.code;
        }
    }
}
