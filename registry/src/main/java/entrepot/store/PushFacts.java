package entrepot.store;

import entrepot.domain.Digest;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import java.util.Map;
import java.util.Optional;

/// What a repository holds of the things that a push is about.
///
/// @param image the manifest itself, if it is there already
/// @param tagged the image that each tag asked for points at now, if it is there
/// @param blobs size in bytes of each blob asked about that is there
/// @param children each manifest asked about that is there
/// @param tagsOfImage how many tags point at the manifest now
/// @param images how many manifests the repository holds
public record PushFacts(
        Optional<StoredImage> image,
        Map<Tag, StoredImage> tagged,
        Map<Digest, Long> blobs,
        Map<Digest, StoredImage> children,
        int tagsOfImage,
        long images) {}
