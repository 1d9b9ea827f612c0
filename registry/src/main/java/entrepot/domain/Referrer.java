package entrepot.domain;

import org.jspecify.annotations.Nullable;

/// A stored manifest as one of its subject's referrers.
///
/// @param id the store's own; in the order of first pushes
/// @param size of the manifest, in bytes
/// @param artifactType see [Referral]
/// @param annotationsSize in bytes
/// @param status whether it can be pulled
public record Referrer(
        long id,
        Digest digest,
        MediaType mediaType,
        long size,
        @Nullable String artifactType,
        int annotationsSize,
        ImageStatus status) {}
