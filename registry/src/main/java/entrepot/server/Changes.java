package entrepot.server;

import entrepot.config.Config;
import entrepot.operation.ImageChanges;

/// Who is told of changes of images, by the configuration.
final class Changes {

    private Changes() {}

    static ImageChanges of(Config config) {
        return ImageChanges.NONE;
    }
}
