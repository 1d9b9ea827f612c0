package entrepot.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A manifest stored in a repository, without its bytes and tags.
///
/// @param id the store's own; in the order of first pushes
/// @param artifactType ECR's `artifactMediaType`: the manifest's `artifactType`, else its config's media type; none for
/// lists
/// @param subject the digest that the manifest says it is about
/// @param manifestSize of the manifest itself, in bytes
/// @param imageSize config and stored layers, each digest once; for a list its largest child; in bytes
/// @param pushedAt the first push of this digest
/// @param pulledAt the last pull that was recorded; null for none
/// @param archival whether it can be pulled
public record StoredImage(
        long id,
        Digest digest,
        MediaType mediaType,
        @Nullable String artifactType,
        @Nullable Digest subject,
        long manifestSize,
        long imageSize,
        Instant pushedAt,
        @Nullable Instant pulledAt,
        Archival archival) {}
