package entrepot.operation.image;

import entrepot.domain.ImageIdentifier;
import entrepot.domain.ImageStatus;

/// Why one member of a batch came to nothing. Source: ECR API, ImageFailure.
public record ImageFailure(ImageIdentifier imageId, String failureCode, String failureReason) {

    private static final String NOT_FOUND = "ImageNotFound";

    /// Of one that is archived, or on its way back.
    static ImageFailure inaccessible(ImageIdentifier id, ImageStatus status) {
        return new ImageFailure(
                id, "ImageInaccessible", "Requested image is not accessible because its status is " + status);
    }

    static ImageFailure notFound(ImageIdentifier id) {
        return new ImageFailure(id, NOT_FOUND, "Requested image not found");
    }

    boolean isMiss() {
        return failureCode.equals(NOT_FOUND);
    }

    /// Whether another registry was asked for it, and failed.
    boolean isOfUpstream() {
        return failureCode.startsWith("Upstream");
    }
}
