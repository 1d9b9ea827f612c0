package entrepot.store;

import entrepot.domain.Digest;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a repository holds of the things that a push is about.
///
/// @param repository as it stands; empty if it is not there any more
/// @param image the manifest itself, if it is there already
/// @param tagged the image that each tag asked for points at now, if it is there
/// @param blobs each blob asked about that is there, and not damaged
/// @param damaged those that are there and are
/// @param children each manifest asked about that is there
/// @param tagsOfImage how many tags point at the manifest now
/// @param images how many manifests the repository holds
/// @param place where the manifest goes if it is added
public record PushFacts(
        Optional<Repository> repository,
        Optional<StoredImage> image,
        Map<Tag, StoredImage> tagged,
        Map<Digest, Blob> blobs,
        Set<Digest> damaged,
        Map<Digest, StoredImage> children,
        int tagsOfImage,
        long images,
        Place place) {

    /// A stored blob.
    ///
    /// @param size in bytes
    /// @param mediaType what the repository calls it; null if no manifest has named it yet
    public record Blob(long id, long size, @Nullable String mediaType) {}

    /// A manifest's, in a transaction that may write.
    ///
    /// @param isAwaited whether lists wait for it
    public record Place(long id, boolean isAwaited) {}
}
