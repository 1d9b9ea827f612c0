package entrepot.aws.json;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.ManifestBytes;
import entrepot.domain.RepositoryName;
import entrepot.domain.ResourceTag;
import entrepot.domain.UploadId;
import entrepot.operation.Operation;
import entrepot.store.AccessKeys.AccessKey;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/// Operations under ECR's names that store nothing, to try the surface with, and a key to sign with.
final class Trial {

    static final AccessKey KEY = AccessKey.ofRoot(
            "AKIAIOSFODNN7EXAMPLE",
            "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
            new AccountId("012345678901"),
            Instant.EPOCH);

    private Trial() {}

    /// Answers with the tags that it is told to make of the ARN.
    static final class ListTagsForResource implements Operation<ListTagsForResource.Input, ListTagsForResource.Output> {

        public record Input(String resourceArn) {}

        public record Output(List<ResourceTag> tags) {}

        private UnaryOperator<String> value = UnaryOperator.identity();

        void answer(UnaryOperator<String> value) {
            this.value = value;
        }

        @Override
        public List<Permission> needs(Caller caller, ListTagsForResource.Input input) {
            var account = input.resourceArn().equals("of another")
                    ? new AccountId("999999999999")
                    : caller.principal().account();
            return List.of(new Permission(account, "ecr:ListTagsForResource", new Arn("arn")));
        }

        @Override
        public ListTagsForResource.Output run(Caller caller, Law law, ListTagsForResource.Input input) {
            return new ListTagsForResource.Output(
                    List.of(new ResourceTag(law.name(), value.apply(input.resourceArn()))));
        }
    }

    /// Keeps the digest of the part.
    static final class UploadLayerPart implements Operation<UploadLayerPart.Input, UploadLayerPart.Output> {

        public record Input(RepositoryName repositoryName, UploadId uploadId, Content layerPartBlob) {}

        public record Output(RepositoryName repositoryName, UploadId uploadId, long lastByteReceived) {}

        private String digest = "";

        String digest() {
            return digest;
        }

        @Override
        public List<Permission> needs(Caller caller, UploadLayerPart.Input input) {
            return List.of();
        }

        @Override
        public UploadLayerPart.Output run(Caller caller, Law law, UploadLayerPart.Input input) {
            digest = Documents.sha256(input.layerPartBlob());
            return new UploadLayerPart.Output(
                    input.repositoryName(),
                    input.uploadId(),
                    input.layerPartBlob().length() - 1);
        }
    }

    /// Answers with the manifest.
    static final class PutImage implements Operation<PutImage.Input, PutImage.Output> {

        public record Input(RepositoryName repositoryName, ManifestBytes imageManifest) {}

        public record Output(Image image) {}

        public record Image(RepositoryName repositoryName, Digest imageDigest, ManifestBytes imageManifest) {}

        @Override
        public List<Permission> needs(Caller caller, PutImage.Input input) {
            return List.of();
        }

        @Override
        public PutImage.Output run(Caller caller, Law law, PutImage.Input input) {
            var digest = input.imageManifest().digest(Digest.Algorithm.SHA256);
            return new PutImage.Output(new Image(input.repositoryName(), digest, input.imageManifest()));
        }
    }
}
