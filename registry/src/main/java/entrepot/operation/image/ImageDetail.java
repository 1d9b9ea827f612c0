package entrepot.operation.image;

import entrepot.domain.AccountId;
import entrepot.domain.Digest;
import entrepot.domain.ImageStatus;
import entrepot.domain.MediaType;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// ECR's `ImageDetail`. Nothing is scanned yet, so those members are absent.
public record ImageDetail(
        AccountId registryId,
        RepositoryName repositoryName,
        Digest imageDigest,
        @Nullable List<Tag> imageTags,
        long imageSizeInBytes,
        Instant imagePushedAt,
        MediaType imageManifestMediaType,
        @Nullable String artifactMediaType,
        @Nullable Instant lastRecordedPullTime,
        @Nullable Digest subjectManifestDigest,
        ImageStatus imageStatus,
        @Nullable Instant lastArchivedAt,
        @Nullable Instant lastActivatedAt) {

    static ImageDetail of(Repository repository, StoredImage image, List<Tag> tags) {
        return new ImageDetail(
                repository.registry().account(),
                repository.name(),
                image.digest(),
                tags.isEmpty() ? null : tags,
                image.imageSize(),
                image.pushedAt(),
                image.mediaType(),
                image.artifactType(),
                image.pulledAt(),
                image.subject(),
                image.archival().status(),
                image.archival().archivedAt(),
                image.archival().activatedAt());
    }
}
