package entrepot.server;

import entrepot.config.Config;
import entrepot.config.EventTarget;
import entrepot.event.EventOutbox;
import entrepot.operation.ImageChanges;
import entrepot.operation.history.KeptHistory;
import entrepot.operation.scanning.ScanQueue;
import entrepot.operation.signing.SigningQueue;
import entrepot.replication.ReplicationOutbox;
import java.util.ArrayList;

/// Who is told of changes of images, by the configuration.
final class Changes {

    private Changes() {}

    static ImageChanges of(Config config) {
        var told = new ArrayList<ImageChanges>();
        if (!config.rules().history().isZero()) {
            told.add(new KeptHistory());
        }
        var targets = config.reports().told().targets();
        if (!targets.isEmpty()) {
            told.add(new EventOutbox(targets.stream().map(EventTarget::filter).toList()));
        }
        told.add(new ReplicationOutbox());
        told.add(new ScanQueue(config.rules().scanner().isThere()));
        told.add(new SigningQueue());
        return ImageChanges.all(told);
    }
}
