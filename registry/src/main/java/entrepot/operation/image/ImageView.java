package entrepot.operation.image;

import entrepot.domain.AccountId;
import entrepot.domain.Digest;
import entrepot.domain.ManifestContent;
import entrepot.domain.MediaType;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import org.jspecify.annotations.Nullable;

/// ECR's `Image`: a manifest as it was pushed, and the name it was asked for by.
public record ImageView(
        AccountId registryId,
        RepositoryName repositoryName,
        ImageId imageId,
        ManifestContent imageManifest,
        MediaType imageManifestMediaType) {

    /// ECR's `ImageIdentifier`, as an answer.
    public record ImageId(Digest imageDigest, @Nullable Tag imageTag) {}

    static ImageView of(Repository repository, ImageId id, ManifestContent manifest, MediaType type) {
        return new ImageView(repository.registry().account(), repository.name(), id, manifest, type);
    }
}
