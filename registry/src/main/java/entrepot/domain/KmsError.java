package entrepot.domain;

/// Of the key service's operations, worded as KMS words them.
///
/// @param kind by which KMS names it
public record KmsError(Kind kind, String message) implements RegistryError {

    /// KMS's errors (KMS API reference, "Errors" of each action, and "Common errors").
    public enum Kind {
        ALREADY_EXISTS("AlreadyExistsException"),
        DISABLED("DisabledException"),
        INCORRECT_KEY("IncorrectKeyException"),
        INVALID_ALIAS_NAME("InvalidAliasNameException"),
        INVALID_ARN("InvalidArnException"),
        INVALID_CIPHERTEXT("InvalidCiphertextException"),
        INVALID_GRANT_ID("InvalidGrantIdException"),
        INVALID_GRANT_TOKEN("InvalidGrantTokenException"),
        INVALID_KEY_USAGE("InvalidKeyUsageException"),
        INVALID_MARKER("InvalidMarkerException"),
        INVALID_STATE("KMSInvalidStateException"),
        LIMIT_EXCEEDED("LimitExceededException"),
        MALFORMED_POLICY_DOCUMENT("MalformedPolicyDocumentException"),
        NOT_FOUND("NotFoundException"),
        TAG("TagException"),
        UNSUPPORTED_OPERATION("UnsupportedOperationException"),
        VALIDATION("ValidationException"),
        DRY_RUN("DryRunOperationException");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        public RegistryException refusal(String message) {
            return new RegistryException(new KmsError(this, message));
        }
    }

    @Override
    public String type() {
        return kind.code;
    }
}
