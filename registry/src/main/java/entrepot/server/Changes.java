package entrepot.server;

import entrepot.config.Config;
import entrepot.config.EventTarget;
import entrepot.event.EventOutbox;
import entrepot.operation.ImageChanges;

/// Who is told of changes of images, by the configuration.
final class Changes {

    private Changes() {}

    static ImageChanges of(Config config) {
        var told = config.reports().told().targets();
        return told.isEmpty()
                ? ImageChanges.NONE
                : new EventOutbox(told.stream().map(EventTarget::filter).toList());
    }
}
