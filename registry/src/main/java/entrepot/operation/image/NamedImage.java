package entrepot.operation.image;

import entrepot.domain.ImageIdentifier;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.operation.image.ImageView.ImageId;
import entrepot.store.Transaction;

/// The one image that a call is about.
public final class NamedImage {

    private NamedImage() {}

    /// Fails in ECR's words if there is none, or if the names are of two.
    public static StoredImage require(Transaction tx, Repository repository, ImageIdentifier id) {
        return switch (ImageIds.find(tx, repository, id)) {
            case ImageIds.Lookup.Found(var found) -> found;
            case ImageIds.Lookup.Failed(var failure) -> throw ImageIds.refusal(repository, "imageId", failure);
        };
    }

    /// How an answer names it.
    public static ImageId answer(StoredImage image, ImageIdentifier id) {
        return new ImageId(image.digest(), id.imageTag() == null ? null : new Tag(id.imageTag()));
    }
}
