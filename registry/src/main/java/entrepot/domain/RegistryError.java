package entrepot.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that a caller can be told went wrong with an operation. They are of four kinds, by which surface has
/// words for them: a new one of [OfBothDoors] or [OfEveryApi] does not compile until those surfaces have said how, and
/// one of the other two needs no more than its record. A record's name with `Exception` behind it is ECR's name for
/// it, and its message is ECR's text.
///
/// Sources: the errors of each operation in the ECR API reference; texts that only the live service shows are
/// noted in docs/operations.md.
public sealed interface RegistryError {

    String message();

    /// ECR's name of the error, such as `RepositoryNotFoundException`.
    default String type() {
        return getClass().getSimpleName() + "Exception";
    }

    /// What is wrong where ECR's text does not say it; empty where that says all.
    default String explanation() {
        return "";
    }

    /// Of ECR's operations, and told by the JSON API and by `/v2`, each in its own words.
    sealed interface OfBothDoors extends RegistryError {}

    /// Of ECR's operations that the JSON API alone can call; on `/v2` they mean that it does not support what was
    /// asked.
    sealed interface OfJsonAlone extends RegistryError {}

    /// Of IAM's operations.
    sealed interface OfIam extends RegistryError {}

    /// Of any operation, or of the door.
    sealed interface OfEveryApi extends RegistryError {}

    /// A parameter that breaks a constraint; `constraint` is worded as ECR words it.
    record InvalidParameter(String parameter, String constraint) implements OfJsonAlone {
        @Override
        public String message() {
            return invalid(parameter, constraint);
        }
    }

    record InvalidRepositoryName(String text) implements OfBothDoors {
        @Override
        public String type() {
            return "InvalidParameterException";
        }

        @Override
        public String message() {
            return invalid("repositoryName", "must satisfy regular expression '%s'".formatted(RepositoryName.GRAMMAR));
        }
    }

    record InvalidTag(String text) implements OfBothDoors {
        @Override
        public String type() {
            return "InvalidParameterException";
        }

        @Override
        public String message() {
            return invalid("imageTag", "must satisfy regular expression '%s'".formatted(Tag.GRAMMAR));
        }
    }

    record InvalidDigest(String text) implements OfBothDoors {
        @Override
        public String type() {
            return "InvalidParameterException";
        }

        @Override
        public String message() {
            return invalid("digest", "must satisfy regular expression 'sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}'");
        }
    }

    /// A manifest that cannot be read or stored as it is; `constraint` is ECR's text.
    ///
    /// @param explanation see [RegistryError#explanation]
    record InvalidManifest(String constraint, String explanation) implements OfBothDoors {

        /// What ECR says of every manifest that it cannot make sense of.
        public static final InvalidManifest SYNTAX = new InvalidManifest("Invalid JSON syntax");

        public InvalidManifest(String constraint) {
            this(constraint, "");
        }

        /// The same, explained.
        public InvalidManifest because(String reason) {
            return new InvalidManifest(constraint, reason);
        }

        @Override
        public String type() {
            return "InvalidParameterException";
        }

        @Override
        public String message() {
            return invalid("ImageManifest", constraint);
        }
    }

    record RepositoryNotFound(RegistryId registry, RepositoryName name) implements OfBothDoors {
        @Override
        public String message() {
            return "The repository with name '%s' does not exist in the registry with id '%s'"
                    .formatted(name, registry.account());
        }
    }

    record RepositoryAlreadyExists(RegistryId registry, RepositoryName name) implements OfJsonAlone {
        @Override
        public String message() {
            return "The repository with name '%s' already exists in the registry with id '%s'"
                    .formatted(name, registry.account());
        }
    }

    record RepositoryNotEmpty(RegistryId registry, RepositoryName name) implements OfJsonAlone {
        @Override
        public String message() {
            return "The repository with name '%s' in registry with id '%s' cannot be deleted because it still contains images"
                    .formatted(name, registry.account());
        }
    }

    record RepositoryPolicyNotFound(RegistryId registry, RepositoryName name) implements OfJsonAlone {
        @Override
        public String message() {
            return "Repository policy does not exist for the repository with name '%s' in the registry with id '%s'"
                    .formatted(name, registry.account());
        }
    }

    record RegistryPolicyNotFound(RegistryId registry) implements OfJsonAlone {
        @Override
        public String message() {
            return "Registry policy does not exist in the registry with id '%s'".formatted(registry.account());
        }
    }

    record LimitExceeded(String message) implements OfBothDoors {}

    record InvalidTagParameter(String message) implements OfJsonAlone {}

    record TooManyTags(String message) implements OfJsonAlone {}

    record Kms(String message) implements OfJsonAlone {}

    record ImageNotFound(
            Repository repository,
            @Nullable String digest,
            @Nullable String tag) implements OfBothDoors {
        @Override
        public String message() {
            return ("The image with imageId {imageDigest:'%s', imageTag:'%s'} does not exist within the repository"
                            + " with name '%s' in the registry with id '%s'")
                    .formatted(digest, tag, repository.name(), account(repository));
        }
    }

    record ImageAlreadyExists(
            Repository repository, Digest digest, @Nullable Tag tag) implements OfBothDoors {
        @Override
        public String message() {
            return ("Image with digest '%s' and tag '%s' already exists in the repository with name '%s' in registry"
                            + " with id '%s'")
                    .formatted(digest, tag, repository.name(), account(repository));
        }
    }

    record ImageTagAlreadyExists(Repository repository, Tag tag) implements OfBothDoors {
        @Override
        public String message() {
            return ("The image tag '%s' already exists in the '%s' repository and cannot be overwritten because the"
                            + " tag is immutable.")
                    .formatted(tag, repository.name());
        }
    }

    /// The manifest that a request is about is not in the state that its sender means (RFC 9110, 13.1). Told on `/v2`
    /// alone, since the JSON API has no preconditions.
    record PreconditionFailed(String message) implements OfBothDoors {
        @Override
        public String type() {
            return "InvalidParameterException";
        }
    }

    record ImageDigestDoesNotMatch(Repository repository, String digest) implements OfBothDoors {
        @Override
        public String message() {
            return ("The image with digest '%s' in repository '%s' and registry ID '%s' does not match the image"
                            + " digest that Amazon ECR has calculated.")
                    .formatted(digest, repository.name(), account(repository));
        }
    }

    /// Layers that a manifest names are not in its repository.
    record LayersNotFound(Repository repository, List<Digest> digests) implements OfBothDoors {
        @Override
        public String message() {
            return ("Layers with digests '%s' required for pushing image into repository with name '%s' in the"
                            + " registry with id '%s' do not exist")
                    .formatted(digests, repository.name(), account(repository));
        }
    }

    record ReferencedImagesNotFound(Repository repository, List<Digest> digests) implements OfBothDoors {
        @Override
        public String message() {
            return ("Images with digests '%s' required for pushing image into repository with name '%s' in the"
                            + " registry with id '%s' do not exist")
                    .formatted(digests, repository.name(), account(repository));
        }
    }

    /// A layer that was asked for is not in the repository.
    record LayerNotFound(RegistryId registry, RepositoryName name, String digest) implements OfBothDoors {

        public LayerNotFound(Repository repository, String digest) {
            this(repository.registry(), repository.name(), digest);
        }

        @Override
        public String type() {
            return "LayersNotFoundException";
        }

        @Override
        public String message() {
            return ("The layer with digest '%s' does not exist within the repository with name '%s' in the registry"
                            + " with id '%s'")
                    .formatted(digest, name, registry.account());
        }
    }

    record UploadNotFound(Repository repository, UploadId upload) implements OfBothDoors {
        @Override
        public String message() {
            return "The upload with id '%s' in the repository with name '%s' in registry with id '%s' does not exist"
                    .formatted(upload, repository.name(), account(repository));
        }
    }

    /// A part that does not begin where the last one ended, or is not of the length its range says.
    ///
    /// @param lastValidByteReceived of the upload so far; -1 when it has none
    record InvalidLayerPart(Repository repository, UploadId upload, long lastValidByteReceived, String message)
            implements OfBothDoors {

        public static InvalidLayerPart firstByte(Repository repository, LayerUpload upload, long sent) {
            return new InvalidLayerPart(
                    repository,
                    upload.id(),
                    upload.received() - 1,
                    "First byte of the layer part is %d instead of %d".formatted(sent, upload.received()));
        }
    }

    record InvalidLayer(String message) implements OfBothDoors {
        public static final InvalidLayer DIGEST =
                new InvalidLayer("None of the provided layer digests match the calculated layer digest");
    }

    record LayerPartTooSmall() implements OfBothDoors {
        @Override
        public String message() {
            return "All layer parts except the last part should be at least 5MB";
        }
    }

    record LayerAlreadyExists(Repository repository, Digest digest) implements OfBothDoors {
        @Override
        public String message() {
            return "The layer with digest '%s' already exists in the repository with name '%s' in registry with id '%s'"
                    .formatted(digest, repository.name(), account(repository));
        }
    }

    record EmptyUpload(Repository repository, UploadId upload) implements OfBothDoors {
        @Override
        public String message() {
            return ("The upload with id '%s' in the repository with name '%s' in registry with id '%s' cannot be"
                            + " completed because it does not have any parts")
                    .formatted(upload, repository.name(), account(repository));
        }
    }

    /// What is to be deleted is named by a manifest that stays.
    record Referenced(String message) implements OfJsonAlone {
        @Override
        public String type() {
            return "InvalidParameterException";
        }
    }

    record AccessDenied(String principal, String action, String resource, String reason) implements OfEveryApi {
        @Override
        public String message() {
            return "User: %s is not authorized to perform: %s on resource: %s %s"
                    .formatted(principal, action, resource, reason);
        }
    }

    /// A refusal of IAM's operations, worded as IAM words it.
    record Identity(Kind kind, String message) implements OfIam {

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

    /// Too much is being asked at once; the same request may succeed later.
    record Throttling() implements OfEveryApi {
        @Override
        public String message() {
            return "Rate exceeded";
        }
    }

    /// Another request writes the upload, and does not end.
    record UploadBusy(UploadId upload) implements OfBothDoors {
        @Override
        public String type() {
            return "ThrottlingException";
        }

        @Override
        public String message() {
            return "Another request writes the upload with id '%s', and has not ended. Try again".formatted(upload);
        }
    }

    /// There is no room to store what was sent.
    record StorageFull() implements OfEveryApi {
        @Override
        public String type() {
            return "ServerException";
        }

        @Override
        public String message() {
            return "There is no space left to store the request. Nothing of it was kept.";
        }
    }

    private static String invalid(String parameter, String constraint) {
        return "Invalid parameter at '%s' failed to satisfy constraint: '%s'".formatted(parameter, constraint);
    }

    private static String account(Repository repository) {
        return repository.registry().account();
    }
}
