package entrepot.domain;

/// Of ECR's operations on repositories, and of names and digests.
public sealed interface RepositoryError extends BothDoorsError {

    record InvalidRepositoryName(String text) implements RepositoryError {
        @Override
        public String type() {
            return "InvalidParameterException";
        }

        @Override
        public String message() {
            return ErrorWords.invalid(
                    "repositoryName", "must satisfy regular expression '%s'".formatted(RepositoryName.GRAMMAR));
        }
    }

    record InvalidDigest(String text) implements RepositoryError {
        @Override
        public String type() {
            return "InvalidParameterException";
        }

        @Override
        public String message() {
            return ErrorWords.invalid(
                    "digest", "must satisfy regular expression 'sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}'");
        }
    }

    record RepositoryNotFound(RegistryId registry, RepositoryName name) implements RepositoryError {
        @Override
        public String message() {
            return "The repository with name '%s' does not exist in the registry with id '%s'"
                    .formatted(name, registry.account());
        }
    }

    /// A push found none, and the template that is for it cannot make one.
    record TemplateWithoutRole(RegistryId registry, RepositoryName name, TemplatePrefix prefix)
            implements RepositoryError {
        @Override
        public String type() {
            return "RepositoryNotFoundException";
        }

        @Override
        public String message() {
            return ("The repository with name '%s' does not exist in the registry with id '%s', and its creation template"
                            + " with prefix '%s' cannot make it: one with resource tags or KMS needs a customRoleArn")
                    .formatted(name, registry.account(), prefix);
        }
    }

    /// The key service does not give what a repository's bytes are read and written with, or no service is configured.
    ///
    /// @param kmsError the service's own name of it, such as `KMS.DisabledException`
    record Kms(String kmsError, String message) implements RepositoryError {

        /// What the service says when it fails itself, or says nothing at all.
        public static final String INTERNAL = "KMS.InternalException";

        /// Whoever asks has no right to the key.
        public static final String ACCESS_DENIED = "KMS.AccessDeniedException";

        /// Too much is being asked of it at once.
        public static final String THROTTLING = "KMS.ThrottlingException";

        /// Whether the same may succeed later without anybody changing a key.
        public boolean isPassing() {
            return kmsError.equals(INTERNAL) || kmsError.equals(THROTTLING);
        }
    }

    record LimitExceeded(String message) implements RepositoryError {}
}
