package entrepot.server;

import entrepot.domain.RegistryException;
import entrepot.metrics.Metrics;
import entrepot.replication.Replicas;
import entrepot.store.MetadataStore;
import entrepot.store.Replication.Amount;
import entrepot.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a node tells of replication when it is asked. Destinations are named by callers, so nothing has their names.
record ReplicationGauges(Metrics metrics) {

    private static final Logger LOG = LoggerFactory.getLogger(ReplicationGauges.class);

    /// Asking costs a look at all that waits.
    private static final Duration AGE = Duration.ofSeconds(15);

    /// @param oldest since when the one that has waited longest does
    private record Waiting(long changes, Optional<Instant> oldest) {

        double lag() {
            return oldest.map(since ->
                            Math.max(0, Duration.between(since, Instant.now()).toMillis() / 1_000.0))
                    .orElse(0.0);
        }
    }

    void show(MetadataStore metadata, Replicas.Counts counts) {
        var waiting = new Fresh<>(() -> waiting(metadata), AGE);
        metrics.gauge(
                "entrepot.replication.waiting",
                "Changes that are to be replicated, of all nodes on the database, at most 15 s ago",
                () -> waiting.ask()
                        .await()
                        .flatMap(all -> all)
                        .map(all -> (double) all.changes())
                        .orElse(Double.NaN));
        metrics.gauge(
                "entrepot.replication.lag.seconds",
                "How long the oldest of them has waited",
                () -> waiting.ask()
                        .await()
                        .flatMap(all -> all)
                        .map(Waiting::lag)
                        .orElse(Double.NaN));
        metrics.count("entrepot.replication.brought", "Changes that this node brought", counts.brought());
        metrics.count("entrepot.replication.failed", "Tries of this node that are made again", counts.failed());
        metrics.count("entrepot.replication.refused", "Changes that never come to a destination", counts.refused());
    }

    private static Optional<Waiting> waiting(MetadataStore metadata) {
        try {
            return Optional.of(metadata.read(ReplicationGauges::waiting));
        } catch (RegistryException e) {
            LOG.debug("what is to be replicated cannot be counted now", e);
            return Optional.empty();
        }
    }

    private static Waiting waiting(Transaction tx) {
        var all = Stream.concat(tx.replication().amounts().values().stream(), tx.replication().freshAmount().stream())
                .toList();
        return new Waiting(
                all.stream().mapToLong(Amount::changes).sum(),
                all.stream().map(Amount::oldest).filter(Objects::nonNull).min(Instant::compareTo));
    }
}
