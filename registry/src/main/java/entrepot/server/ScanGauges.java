package entrepot.server;

import entrepot.domain.RegistryException;
import entrepot.metrics.Metrics;
import entrepot.metrics.Metrics.Label;
import entrepot.scanner.Scanners;
import entrepot.store.MetadataStore;
import entrepot.store.Scans;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a node tells of scans and signatures when it is asked.
record ScanGauges(Metrics metrics) {

    private static final Logger LOG = LoggerFactory.getLogger(ScanGauges.class);

    /// Asking costs a look at all that waits.
    private static final Duration AGE = Duration.ofSeconds(15);

    /// More are not counted, so that asking costs little.
    private static final int MOST = 100_000;

    /// @param scanners empty where there is no scanner
    void show(MetadataStore metadata, Optional<Scanners> scanners) {
        var waiting = new Fresh<>(() -> waiting(metadata), AGE);
        show(waiting, "scan", Scans.Waiting::scans);
        show(waiting, "match", Scans.Waiting::matches);
        var signatures = new Fresh<>(() -> signatures(metadata), AGE);
        metrics.gauge(
                "entrepot.signatures.waiting",
                "Signatures to be made, and pushes to be decided of, of all nodes on the database, at most 15 s ago",
                () -> signatures.ask().await().orElse(Double.NaN));
        scanners.ifPresent(this::show);
    }

    private void show(Fresh<Optional<Scans.Waiting>> waiting, String kind, ToDoubleFunction<Scans.Waiting> number) {
        metrics.gauge(
                "entrepot.scans.waiting",
                "Images to be scanned or matched, of all nodes on the database, at most 15 s ago",
                new Label("kind", kind),
                () -> waiting.ask()
                        .await()
                        .flatMap(all -> all)
                        .map(number::applyAsDouble)
                        .orElse(Double.NaN));
    }

    private void show(Scanners scanners) {
        var age = new Fresh<>(() -> age(scanners), AGE);
        metrics.gauge(
                "entrepot.scanner.database.age.seconds",
                "How old the vulnerabilities are that this node scans by; not a number where it has none",
                () -> age.ask().await().orElse(Double.NaN));
    }

    private static double age(Scanners scanners) {
        try {
            var since = scanners.current().source().updatedAt();
            return Duration.between(since, Instant.now()).toMillis() / 1_000.0;
        } catch (IOException e) {
            LOG.debug("the age of the vulnerability database is not known", e);
            return Double.NaN;
        }
    }

    private static Optional<Scans.Waiting> waiting(MetadataStore metadata) {
        try {
            return Optional.of(metadata.read(tx -> tx.scans().waiting(MOST)));
        } catch (RegistryException e) {
            LOG.debug("waiting scans cannot be counted now", e);
            return Optional.empty();
        }
    }

    private static double signatures(MetadataStore metadata) {
        try {
            return metadata.<Long>read(tx -> tx.signings().waiting(MOST));
        } catch (RegistryException e) {
            LOG.debug("waiting signatures cannot be counted now", e);
            return Double.NaN;
        }
    }
}
