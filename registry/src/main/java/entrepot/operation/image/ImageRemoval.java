package entrepot.operation.image;

import entrepot.domain.Digest;
import entrepot.domain.ImageChange;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.operation.ImageChanges;
import entrepot.operation.image.ImageView.ImageId;
import entrepot.store.Transaction;
import java.util.List;

/// Takes images and tags away, whoever wants it: a caller, or a lifecycle policy. The images are held by whoever calls
/// it.
///
/// @param kind what it is called when an image goes
public record ImageRemoval(Transaction tx, Repository repository, ImageChange.Kind kind, ImageChanges.By by) {

    /// Why an image stays that lists name. Source: ECR user guide, "Deleting a signature or other artifact".
    public static final String REFERENCED = "ImageReferencedByManifestList";

    public static String reason(List<Digest> parents) {
        return "Requested image referenced by manifest list: " + parents;
    }

    /// An entry for each tag that went with it, or one if it had none.
    public List<ImageId> remove(StoredImage image) {
        var tags = tagsOf(image);
        by.tell(tx, kind, repository, image, tags);
        tx.images().delete(repository, image);
        return tags.isEmpty()
                ? List.of(new ImageId(image.digest(), null))
                : tags.stream().map(tag -> new ImageId(image.digest(), tag)).toList();
    }

    ImageId untag(StoredImage image, Tag tag) {
        by.tell(tx, ImageChange.Kind.UNTAG, repository, image, List.of(tag));
        tx.images().untag(repository, tag);
        return new ImageId(image.digest(), tag);
    }

    List<Tag> tagsOf(StoredImage image) {
        return tx.images().tagsOf(repository, List.of(image)).getOrDefault(image.id(), List.of());
    }
}
