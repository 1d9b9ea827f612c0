package entrepot.operation.scanning;

import entrepot.domain.StoredImage;
import java.util.Set;

/// Which images can be scanned: those that are a file system. Lists and artifacts are not. Source: ECR API,
/// UnsupportedImageTypeException.
final class Scannable {

    private static final Set<String> CONFIGS =
            Set.of("application/vnd.docker.container.image.v1+json", "application/vnd.oci.image.config.v1+json");

    private Scannable() {}

    static boolean is(StoredImage image) {
        return image.mediaType().isImageManifest()
                && image.artifactType() != null
                && CONFIGS.contains(image.artifactType());
    }
}
