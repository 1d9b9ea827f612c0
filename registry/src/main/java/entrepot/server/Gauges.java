package entrepot.server;

import entrepot.domain.RegistryException;
import entrepot.http.Traffic;
import entrepot.job.GarbageCounts;
import entrepot.metrics.Metrics;
import entrepot.metrics.Metrics.Label;
import entrepot.store.MetadataStore;
import entrepot.store.MetadataStore.Load;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a node tells of itself when it is asked.
record Gauges(Metrics metrics) {

    private static final Logger LOG = LoggerFactory.getLogger(Gauges.class);

    /// More are not counted, so that asking costs little.
    private static final int MOST_UPLOADS = 100_000;

    /// Asking costs a look at all that waits.
    private static final Duration GARBAGE_AGE = Duration.ofMinutes(1);

    void show(Stores stores, Traffic traffic, GarbageCounts counts) {
        metrics.count("entrepot.bytes", "Bytes of bodies", new Label("direction", "in"), traffic.in());
        metrics.count("entrepot.bytes", "Bytes of bodies", new Label("direction", "out"), traffic.out());
        metrics.count("entrepot.gc.freed.bytes", "Bytes of blobs that this node deleted", counts.freedBytes());
        metrics.count("entrepot.gc.failed", "Deletions of blobs that failed on this node", counts.failed());
        showUploads(stores.metadata());
        showGarbage(stores.metadata());
        showDamaged(stores.metadata());
        show(stores.metadata(), "active", Load::active);
        show(stores.metadata(), "idle", Load::idle);
        show(stores.metadata(), "waiting", Load::waiting);
        stores.blobs()
                .breakers()
                .forEach((dependency, isOpen) -> metrics.gauge(
                        "entrepot.breaker.open",
                        "Whether nothing is asked of a dependency for a while, since it failed again and again",
                        new Label("dependency", dependency),
                        () -> isOpen.getAsBoolean() ? 1 : 0));
    }

    private void showUploads(MetadataStore metadata) {
        var open = new Fresh<>(() -> openUploads(metadata));
        metrics.gauge(
                "entrepot.uploads.open",
                "Uploads begun and not completed, of all nodes on the database",
                () -> open.ask().await().orElse(Double.NaN));
    }

    private void showGarbage(MetadataStore metadata) {
        var waiting = new Fresh<>(() -> waitingBytes(metadata), GARBAGE_AGE);
        metrics.gauge(
                "entrepot.gc.waiting.bytes",
                "Bytes of blobs in nobody's use, of all nodes on the database, at most a minute ago",
                () -> waiting.ask().await().orElse(Double.NaN));
    }

    private void showDamaged(MetadataStore metadata) {
        var damaged = new Fresh<>(() -> damagedBlobs(metadata));
        metrics.gauge(
                "entrepot.damaged.blobs",
                "Blobs whose bytes are known to be damaged, of all nodes on the database",
                () -> damaged.ask().await().orElse(Double.NaN));
    }

    private static double damagedBlobs(MetadataStore metadata) {
        try {
            return metadata.<Long>ask(tx -> tx.repairs().marked());
        } catch (RegistryException e) {
            LOG.debug("damaged blobs cannot be counted now", e);
            return Double.NaN;
        }
    }

    private static double waitingBytes(MetadataStore metadata) {
        try {
            return metadata.read(tx -> tx.garbage().totals()).waiting().bytes();
        } catch (RegistryException e) {
            LOG.debug("waiting bytes cannot be counted now", e);
            return Double.NaN;
        }
    }

    private static double openUploads(MetadataStore metadata) {
        try {
            return metadata.<Integer>ask(tx -> tx.uploads().countOpen(MOST_UPLOADS));
        } catch (RegistryException e) {
            LOG.debug("open uploads cannot be counted now", e);
            return Double.NaN;
        }
    }

    private void show(MetadataStore metadata, String state, ToDoubleFunction<Load> number) {
        metrics.gauge(
                "entrepot.pool.connections",
                "Connections to the metadata, and those who wait for one",
                new Label("state", state),
                () -> metadata.load().map(number::applyAsDouble).orElse(Double.NaN));
    }
}
