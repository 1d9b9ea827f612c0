package entrepot.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Of ECR's operations that the JSON API alone can call; on `/v2` they mean that it does not support what was asked, or
/// that there is no such page.
public sealed interface JsonAloneError extends RegistryError {

    /// A parameter that breaks a constraint; `constraint` is worded as ECR words it.
    record InvalidParameter(String parameter, String constraint) implements JsonAloneError {
        @Override
        public String message() {
            return ErrorWords.invalid(parameter, constraint);
        }
    }

    record RepositoryAlreadyExists(RegistryId registry, RepositoryName name) implements JsonAloneError {
        @Override
        public String message() {
            return "The repository with name '%s' already exists in the registry with id '%s'"
                    .formatted(name, registry.account());
        }
    }

    record RepositoryNotEmpty(RegistryId registry, RepositoryName name) implements JsonAloneError {
        @Override
        public String message() {
            return "The repository with name '%s' in registry with id '%s' cannot be deleted because it still contains images"
                    .formatted(name, registry.account());
        }
    }

    record RepositoryPolicyNotFound(RegistryId registry, RepositoryName name) implements JsonAloneError {
        @Override
        public String message() {
            return "Repository policy does not exist for the repository with name '%s' in the registry with id '%s'"
                    .formatted(name, registry.account());
        }
    }

    record RegistryPolicyNotFound(RegistryId registry) implements JsonAloneError {
        @Override
        public String message() {
            return "Registry policy does not exist in the registry with id '%s'".formatted(registry.account());
        }
    }

    record SigningConfigurationNotFound(RegistryId registry) implements JsonAloneError {
        @Override
        public String message() {
            return "Signing configuration does not exist in the registry with id '%s'".formatted(registry.account());
        }
    }

    record LifecyclePolicyNotFound(RegistryId registry, RepositoryName name) implements JsonAloneError {
        @Override
        public String message() {
            return "Lifecycle policy does not exist for the repository with name '%s' in the registry with id '%s'"
                    .formatted(name, registry.account());
        }
    }

    record LifecyclePolicyPreviewNotFound(RegistryId registry, RepositoryName name) implements JsonAloneError {
        @Override
        public String message() {
            return ("Lifecycle policy preview does not exist for the repository with name '%s' in the registry with id"
                            + " '%s'")
                    .formatted(name, registry.account());
        }
    }

    record LifecyclePolicyPreviewInProgress(RegistryId registry, RepositoryName name) implements JsonAloneError {
        @Override
        public String message() {
            return ("The previous lifecycle policy preview of the repository with name '%s' in the registry with id '%s'"
                            + " has not completed. Try again later")
                    .formatted(name, registry.account());
        }
    }

    record ExclusionAlreadyExists(RegistryId registry, Arn principal) implements JsonAloneError {
        @Override
        public String message() {
            return "The pull time update exclusion for '%s' already exists in the registry with id '%s'"
                    .formatted(principal, registry.account());
        }
    }

    record ExclusionNotFound(RegistryId registry, Arn principal) implements JsonAloneError {
        @Override
        public String message() {
            return "The pull time update exclusion for '%s' does not exist in the registry with id '%s'"
                    .formatted(principal, registry.account());
        }
    }

    /// Lists name the image that are not archived.
    record ImageStorageClassUpdateNotSupported(Repository repository, Digest digest, List<Digest> parents)
            implements JsonAloneError {
        @Override
        public String message() {
            return ("The image with digest '%s' in the repository with name '%s' in the registry with id '%s' cannot be"
                            + " archived because it is referenced by manifest list: %s")
                    .formatted(digest, repository.name(), ErrorWords.account(repository), parents);
        }
    }

    record TemplateAlreadyExists(RegistryId registry, TemplatePrefix prefix) implements JsonAloneError {
        @Override
        public String message() {
            return "The repository creation template with prefix '%s' already exists in the registry with id '%s'"
                    .formatted(prefix, registry.account());
        }
    }

    record TemplateNotFound(RegistryId registry, TemplatePrefix prefix) implements JsonAloneError {
        @Override
        public String message() {
            return "The repository creation template with prefix '%s' does not exist in the registry with id '%s'"
                    .formatted(prefix, registry.account());
        }
    }

    record PullThroughCacheRuleAlreadyExists(RegistryId registry, TemplatePrefix prefix) implements JsonAloneError {
        @Override
        public String message() {
            return "A pull through cache rule with the repository prefix '%s' already exists in the registry with id '%s'"
                    .formatted(prefix, registry.account());
        }
    }

    record PullThroughCacheRuleNotFound(RegistryId registry, TemplatePrefix prefix) implements JsonAloneError {
        @Override
        public String message() {
            return "Pull through cache rule for prefix '%s' not found in the registry with id '%s'"
                    .formatted(prefix, registry.account());
        }
    }

    /// A registry that images cannot be had from, or not so.
    record UnsupportedUpstreamRegistry(String message) implements JsonAloneError {

        /// Nobody knows it, and the operator has not allowed it.
        public static RegistryException unknown(String url) {
            return new RegistryException(new UnsupportedUpstreamRegistry(
                    "The upstream registry URL %s is invalid. Specify a valid upstream registry URL and try again"
                            .formatted(url)));
        }
    }

    /// The ARN of a rule's credentials names no secret.
    record SecretNotFound() implements JsonAloneError {
        @Override
        public String message() {
            return "The ARN of the secret specified in the pull through cache rule was not found. Update the rule with a"
                    + " valid secret ARN and try again";
        }
    }

    /// The secret of a rule's credentials cannot be read.
    record UnableToAccessSecret(String message) implements JsonAloneError {}

    record ReplicationBackfillNotFound(RegistryId registry, String id) implements JsonAloneError {
        @Override
        public String message() {
            return "The replication backfill with id '%s' does not exist in the registry with id '%s'"
                    .formatted(id, registry.account());
        }
    }

    record ReplicationBackfillInProgress(RegistryId registry, String region) implements JsonAloneError {
        @Override
        public String message() {
            return "A replication backfill to the Region '%s' is already in progress in the registry with id '%s'"
                    .formatted(region, registry.account());
        }
    }

    /// It is over.
    record ReplicationBackfillInvalidStatus(RegistryId registry, String id, String status) implements JsonAloneError {
        @Override
        public String message() {
            return "The replication backfill with id '%s' in the registry with id '%s' cannot be stopped because its status is '%s'"
                    .formatted(id, registry.account(), status);
        }
    }

    /// What is asked for is not to be had here.
    record FeatureDisabled() implements JsonAloneError {
        @Override
        public String type() {
            return "ValidationException";
        }

        @Override
        public String message() {
            return "This feature is disabled";
        }
    }

    /// It names the image as it was asked for.
    record ScanNotFound(
            Repository repository,
            @Nullable Digest digest,
            @Nullable Tag tag) implements JsonAloneError {
        @Override
        public String message() {
            return ("Image scan does not exist for the image with '{imageDigest:'%s', imageTag:'%s'}' in the repository"
                            + " with name '%s' in the registry with id '%s'")
                    .formatted(digest, tag, repository.name(), ErrorWords.account(repository));
        }
    }

    record UnsupportedImageType(Repository repository, Digest digest, MediaType mediaType) implements JsonAloneError {
        @Override
        public String message() {
            return ("The image with digest '%s' and media type '%s' in the repository with name '%s' in the registry"
                            + " with id '%s' is of a type that cannot be scanned")
                    .formatted(digest, mediaType, repository.name(), ErrorWords.account(repository));
        }
    }

    record ImageArchived(Repository repository, Digest digest) implements JsonAloneError {
        @Override
        public String message() {
            return ("The image with digest '%s' in the repository with name '%s' in the registry with id '%s' is"
                            + " archived and cannot be scanned")
                    .formatted(digest, repository.name(), ErrorWords.account(repository));
        }
    }

    record InvalidTagParameter(String message) implements JsonAloneError {}

    record TooManyTags(String message) implements JsonAloneError {}

    /// What is to be deleted is named by a manifest that stays.
    record Referenced(String message) implements JsonAloneError {
        @Override
        public String type() {
            return "InvalidParameterException";
        }
    }
}
