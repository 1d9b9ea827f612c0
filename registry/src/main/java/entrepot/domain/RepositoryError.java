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

    record LimitExceeded(String message) implements RepositoryError {}
}
