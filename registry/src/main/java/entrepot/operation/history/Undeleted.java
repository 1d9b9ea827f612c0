package entrepot.operation.history;

import entrepot.domain.Digest;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import java.util.List;
import java.util.Map;

/// What came of it.
///
/// @param images that are there again, children before their lists
/// @param tags that point at an image again
/// @param taken tags that were its images', and stay where they are
public record Undeleted(List<StoredImage> images, Map<Tag, Digest> tags, Map<Tag, Digest> taken) {
    public Undeleted {
        images = List.copyOf(images);
        tags = Map.copyOf(tags);
        taken = Map.copyOf(taken);
    }
}
