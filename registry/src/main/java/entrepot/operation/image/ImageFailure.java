package entrepot.operation.image;

import entrepot.domain.ImageIdentifier;

/// Why one member of a batch came to nothing. Source: ECR API, ImageFailure.
public record ImageFailure(ImageIdentifier imageId, String failureCode, String failureReason) {

    static ImageFailure notFound(ImageIdentifier id) {
        return new ImageFailure(id, "ImageNotFound", "Requested image not found");
    }
}
