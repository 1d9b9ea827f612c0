package entrepot.domain;

import org.jspecify.annotations.Nullable;

/// A blob that is in a repository.
///
/// @param size in bytes
/// @param keys what the bytes are sealed under; null where they are not
/// @param archived whether manifests of the repository name it, all of which are archived
/// @param damage what is wrong with the bytes, which count as not there for who asks; null where nothing is known to be
/// @param mediaType what the newest manifest of the repository calls it; none names it yet: null
public record StoredLayer(
        Digest digest,
        long size,
        @Nullable String mediaType,
        BlobKey key,
        @Nullable WrappedKeys keys,
        boolean archived,
        @Nullable String damage) {

    public boolean isWhole() {
        return damage == null;
    }
}
