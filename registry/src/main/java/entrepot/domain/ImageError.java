package entrepot.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Of ECR's operations on images.
public sealed interface ImageError extends BothDoorsError {

    record InvalidTag(String text) implements ImageError {
        @Override
        public String type() {
            return "InvalidParameterException";
        }

        @Override
        public String message() {
            return ErrorWords.invalid("imageTag", "must satisfy regular expression '%s'".formatted(Tag.GRAMMAR));
        }
    }

    /// A manifest that cannot be read or stored as it is; `constraint` is ECR's text.
    ///
    /// @param explanation see [RegistryError#explanation]
    record InvalidManifest(String constraint, String explanation) implements ImageError {

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
            return ErrorWords.invalid("ImageManifest", constraint);
        }
    }

    /// Another registry has not given it to the pull-through cache.
    record UnableToGetUpstreamImage(UpstreamFault fault) implements ImageError {
        @Override
        public String message() {
            return fault.message();
        }
    }

    record ImageNotFound(
            Repository repository,
            @Nullable String digest,
            @Nullable String tag) implements ImageError {
        @Override
        public String message() {
            return ("The image with imageId {imageDigest:'%s', imageTag:'%s'} does not exist within the repository"
                            + " with name '%s' in the registry with id '%s'")
                    .formatted(digest, tag, repository.name(), ErrorWords.account(repository));
        }
    }

    record ImageAlreadyExists(
            Repository repository, Digest digest, @Nullable Tag tag) implements ImageError {
        @Override
        public String message() {
            return ("Image with digest '%s' and tag '%s' already exists in the repository with name '%s' in registry"
                            + " with id '%s'")
                    .formatted(digest, tag, repository.name(), ErrorWords.account(repository));
        }
    }

    record ImageTagAlreadyExists(Repository repository, Tag tag) implements ImageError {
        @Override
        public String message() {
            return ("The image tag '%s' already exists in the '%s' repository and cannot be overwritten because the"
                            + " tag is immutable.")
                    .formatted(tag, repository.name());
        }
    }

    /// The manifest that a request is about is not in the state that its sender means (RFC 9110, 13.1). An operation
    /// of both doors refuses with it, but it is told on `/v2` alone: the JSON API has no way to ask for a
    /// precondition.
    record PreconditionFailed(String message) implements ImageError {
        @Override
        public String type() {
            return "InvalidParameterException";
        }
    }

    record ImageDigestDoesNotMatch(Repository repository, String digest) implements ImageError {
        @Override
        public String message() {
            return ("The image with digest '%s' in repository '%s' and registry ID '%s' does not match the image"
                            + " digest that Amazon ECR has calculated.")
                    .formatted(digest, repository.name(), ErrorWords.account(repository));
        }
    }

    /// Layers that a manifest names are not in its repository.
    record LayersNotFound(Repository repository, List<Digest> digests) implements ImageError {
        @Override
        public String message() {
            return ("Layers with digests '%s' required for pushing image into repository with name '%s' in the"
                            + " registry with id '%s' do not exist")
                    .formatted(digests, repository.name(), ErrorWords.account(repository));
        }
    }

    record ReferencedImagesNotFound(Repository repository, List<Digest> digests) implements ImageError {
        @Override
        public String message() {
            return ("Images with digests '%s' required for pushing image into repository with name '%s' in the"
                            + " registry with id '%s' do not exist")
                    .formatted(digests, repository.name(), ErrorWords.account(repository));
        }
    }
}
