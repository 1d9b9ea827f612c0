package entrepot.operation.image;

import entrepot.domain.ImageIdentifier;
import entrepot.domain.ImageStatus;

/// Why one member of a batch came to nothing. Source: ECR API, ImageFailure.
public record ImageFailure(ImageIdentifier imageId, String failureCode, String failureReason) {

    /// Of one that is archived, or on its way back.
    static ImageFailure inaccessible(ImageIdentifier id, ImageStatus status) {
        return new ImageFailure(
                id, "ImageInaccessible", "Requested image is not accessible because its status is " + status);
    }

    static ImageFailure notFound(ImageIdentifier id) {
        return new ImageFailure(id, "ImageNotFound", "Requested image not found");
    }
}
