package entrepot.store;

import entrepot.domain.Archival;
import entrepot.domain.Digest;
import entrepot.domain.ImageStatus;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Images that are not active. All lists are read by their keys, and by no look at active ones.
public interface Archive {

    /// It is so with the image from now on; where its bytes are to lie is looked at later. The image is held.
    void set(Repository repository, StoredImage image, Archival archival);

    /// The images that a list names.
    List<StoredImage> children(StoredImage list);

    /// The digests of the stored lists that name this image and are not archived.
    List<Digest> standingParents(Repository repository, StoredImage image);

    /// Whether bytes of a layer that it names lie in the archive.
    boolean isAway(StoredImage image);

    /// In the order of first pushes, those of this status with an id above `afterId`.
    ///
    /// @param status another one than ACTIVE
    /// @param tagged only those with a tag, only those without, or null for all
    List<StoredImage> images(
            Repository repository, ImageStatus status, long afterId, @Nullable Boolean tagged, int limit);

    /// The same: an entry for each tag in the order of tags, one for an image without.
    List<Name> names(Repository repository, ImageStatus status, Place after, @Nullable Boolean tagged, int limit);

    /// Images that are on their way back, of whatever repository, in the order of their ids.
    List<Activating> activating(long afterId, int limit);

    /// An image by one of its names.
    ///
    /// @param tag null for an image without any
    record Name(long id, Digest digest, @Nullable Tag tag) {}

    /// Where a page of names begins.
    ///
    /// @param tag of the image with this id, after which it begins; empty for after all of it
    record Place(long id, String tag) {
        public static final Place FIRST = new Place(0, "");
    }

    /// An image, and the id of its repository.
    record Activating(long repository, StoredImage image) {}
}
