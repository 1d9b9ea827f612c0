package entrepot.domain;

import org.jspecify.annotations.Nullable;

/// A blob that is in a repository.
///
/// @param size in bytes
/// @param mediaType what the newest manifest of the repository calls it; none names it yet: null
public record StoredLayer(
        Digest digest, long size, @Nullable String mediaType, BlobKey key) {}
