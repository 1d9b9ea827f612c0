package entrepot.operation.image;

import entrepot.domain.AccountId;
import entrepot.domain.Digest;
import entrepot.domain.ImageScan;
import entrepot.domain.ImageStatus;
import entrepot.domain.MediaType;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// ECR's `ImageDetail`.
///
/// @param imageScanStatus null where it has no scan
/// @param imageScanFindingsSummary null where that has not ended in order
public record ImageDetail(
        AccountId registryId,
        RepositoryName repositoryName,
        Digest imageDigest,
        @Nullable List<Tag> imageTags,
        long imageSizeInBytes,
        Instant imagePushedAt,
        MediaType imageManifestMediaType,
        @Nullable String artifactMediaType,
        @Nullable ScanStatusView imageScanStatus,
        @Nullable ScanSummary imageScanFindingsSummary,
        @Nullable Instant lastRecordedPullTime,
        @Nullable Digest subjectManifestDigest,
        ImageStatus imageStatus,
        @Nullable Instant lastArchivedAt,
        @Nullable Instant lastActivatedAt) {

    static ImageDetail of(Repository repository, StoredImage image, List<Tag> tags, @Nullable ImageScan scan) {
        return new ImageDetail(
                repository.registry().account(),
                repository.name(),
                image.digest(),
                tags.isEmpty() ? null : tags,
                image.imageSize(),
                image.pushedAt(),
                image.mediaType(),
                image.artifactType(),
                scan == null ? null : ScanStatusView.of(scan),
                scan == null || !scan.status().hasFindings() ? null : ScanSummary.of(scan),
                image.pulledAt(),
                image.subject(),
                image.archival().status(),
                image.archival().archivedAt(),
                image.archival().activatedAt());
    }
}
