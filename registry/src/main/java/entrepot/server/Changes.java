package entrepot.server;

import entrepot.config.Config;
import entrepot.operation.ImageChanges;
import entrepot.operation.history.KeptHistory;

/// Who is told of changes of images, by the configuration.
final class Changes {

    private Changes() {}

    static ImageChanges of(Config config) {
        return config.rules().history().isZero() ? ImageChanges.NONE : new KeptHistory();
    }
}
