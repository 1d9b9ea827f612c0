package entrepot.server;

import entrepot.domain.RegistryException;
import entrepot.event.EventStatus;
import entrepot.event.EventTarget;
import entrepot.event.EventTargets;
import entrepot.metrics.Metrics;
import entrepot.metrics.Metrics.Label;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a node tells of events when it is asked.
record EventGauges(Metrics metrics) {

    private static final Logger LOG = LoggerFactory.getLogger(EventGauges.class);

    /// Asking costs a look at all that waits.
    private static final Duration AGE = Duration.ofSeconds(15);

    void show(MetadataStore metadata, EventTargets events) {
        if (events.all().isEmpty()) {
            return;
        }
        var status = new Fresh<>(() -> status(metadata, events), AGE);
        events.all().forEach(target -> show(status, target));
        metrics.count(
                "entrepot.events.dropped",
                "Events that this node dropped undelivered, since there were too many",
                events.dropped());
    }

    private void show(Fresh<List<EventStatus>> status, EventTarget target) {
        var label = new Label("target", target.address());
        var counts = target.counts();
        metrics.count("entrepot.events.delivered", "Events that this node delivered", label, counts.delivered());
        metrics.count("entrepot.events.failed", "Deliveries that failed on this node", label, counts.failed());
        metrics.count(
                "entrepot.events.given.up", "Events that waited for a day and then failed", label, counts.givenUp());
        metrics.gauge(
                "entrepot.events.waiting",
                "Events to be delivered, of all nodes on the database, at most 15 s ago",
                label,
                () -> status.ask().await().map(all -> waiting(all, target)).orElse(Double.NaN));
    }

    private static double waiting(List<EventStatus> all, EventTarget target) {
        return all.stream()
                .filter(status -> status.name().equals(target.name()))
                .mapToDouble(EventStatus::waiting)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static List<EventStatus> status(MetadataStore metadata, EventTargets events) {
        try {
            return metadata.read(tx -> EventStatus.all(tx, events.all()));
        } catch (RegistryException e) {
            LOG.debug("waiting events cannot be counted now", e);
            return List.of();
        }
    }
}
