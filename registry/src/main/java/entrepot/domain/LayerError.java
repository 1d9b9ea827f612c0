package entrepot.domain;

/// Of ECR's operations on layers and uploads.
public sealed interface LayerError extends BothDoorsError {

    /// A layer that was asked for is not in the repository.
    record LayerNotFound(RegistryId registry, RepositoryName name, String digest) implements LayerError {

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

    /// Only archived images use the layer.
    record LayerInaccessible(RegistryId registry, RepositoryName name, String digest) implements LayerError {

        public LayerInaccessible(Repository repository, Digest digest) {
            this(repository.registry(), repository.name(), digest.toString());
        }

        @Override
        public String message() {
            return ("The layer with digest '%s' in the repository with name '%s' in the registry with id '%s' is not"
                            + " accessible because all images that use it are archived")
                    .formatted(digest, name, registry.account());
        }
    }

    /// A layer that no manifest of its repository names, where ECR's rules hold to the letter.
    record LayerUnnamed(Repository repository, Digest digest) implements LayerError {
        @Override
        public String type() {
            return "LayerInaccessibleException";
        }

        @Override
        public String message() {
            return ("The layer with digest '%s' in the repository with name '%s' in the registry with id '%s' is not"
                            + " accessible because no image uses it")
                    .formatted(digest, repository.name(), ErrorWords.account(repository));
        }
    }

    /// Another registry has not given it to the pull-through cache.
    record UnableToGetUpstreamLayer(UpstreamFault fault) implements LayerError {
        @Override
        public String message() {
            return fault.message();
        }
    }

    record UploadNotFound(Repository repository, UploadId upload) implements LayerError {
        @Override
        public String message() {
            return "The upload with id '%s' in the repository with name '%s' in registry with id '%s' does not exist"
                    .formatted(upload, repository.name(), ErrorWords.account(repository));
        }
    }

    /// A part that does not begin where the last one ended, or is not of the length its range says.
    ///
    /// @param lastValidByteReceived of the upload so far; -1 when it has none
    record InvalidLayerPart(Repository repository, UploadId upload, long lastValidByteReceived, String message)
            implements LayerError {

        public static InvalidLayerPart firstByte(Repository repository, LayerUpload upload, long sent) {
            return new InvalidLayerPart(
                    repository,
                    upload.id(),
                    upload.received() - 1,
                    "First byte of the layer part is %d instead of %d".formatted(sent, upload.received()));
        }
    }

    record InvalidLayer(String message) implements LayerError {
        public static final InvalidLayer DIGEST =
                new InvalidLayer("None of the provided layer digests match the calculated layer digest");
    }

    record LayerPartTooSmall() implements LayerError {
        @Override
        public String message() {
            return "All layer parts except the last part should be at least 5MB";
        }
    }

    record LayerAlreadyExists(Repository repository, Digest digest) implements LayerError {
        @Override
        public String message() {
            return "The layer with digest '%s' already exists in the repository with name '%s' in registry with id '%s'"
                    .formatted(digest, repository.name(), ErrorWords.account(repository));
        }
    }

    record EmptyUpload(Repository repository, UploadId upload) implements LayerError {
        @Override
        public String message() {
            return ("The upload with id '%s' in the repository with name '%s' in registry with id '%s' cannot be"
                            + " completed because it does not have any parts")
                    .formatted(upload, repository.name(), ErrorWords.account(repository));
        }
    }

    /// Another request writes the upload, and does not end.
    record UploadBusy(UploadId upload) implements LayerError {
        @Override
        public String type() {
            return "ThrottlingException";
        }

        @Override
        public String message() {
            return "Another request writes the upload with id '%s', and has not ended. Try again".formatted(upload);
        }
    }
}
