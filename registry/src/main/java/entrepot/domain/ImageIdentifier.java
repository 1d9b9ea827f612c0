package entrepot.domain;

import org.jspecify.annotations.Nullable;

/// How a batch names one image: by digest, tag, or both. It stays text until its operation looks at it, since a bad
/// one is an entry of `failures` and not a refused request. Source: ECR API, ImageIdentifier.
public record ImageIdentifier(
        @Nullable String imageDigest, @Nullable String imageTag) {}
