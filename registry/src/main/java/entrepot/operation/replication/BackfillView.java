package entrepot.operation.replication;

import entrepot.domain.JsonAloneError;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.operation.replication.ReplicationConfiguration.Destination;
import entrepot.store.Backfills.Backfill;
import entrepot.store.Backfills.Status;
import entrepot.store.Transaction;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// ECR's `ReplicationBackfillSummary`.
public record BackfillView(
        String replicationBackfillId,
        Destination destination,
        Status status,
        @Nullable String failureCode,
        @Nullable Progress progress,
        Instant startedAt,
        @Nullable Instant endedAt) {

    /// ECR's `ReplicationBackfillProgress`.
    public record Progress(
            long totalReplicationCount,
            long completedReplicationCount,
            long failedReplicationCount,
            List<String> failureCodes) {

        /// Null as long as it is not known what all there is.
        static @Nullable Progress of(Transaction tx, Backfill backfill) {
            if (backfill.total() < 0) {
                return null;
            }
            var counts = tx.backfills().counts(backfill);
            return new Progress(backfill.total(), counts.completed(), counts.failed(), counts.failures());
        }
    }

    static BackfillView of(Transaction tx, Backfill backfill) {
        return new BackfillView(
                backfill.uuid(),
                Destination.of(backfill.destination()),
                backfill.status(),
                backfill.failure(),
                Progress.of(tx, backfill),
                backfill.startedAt(),
                backfill.endedAt());
    }

    static Backfill require(Transaction tx, RegistryId registry, String id) {
        return tx.backfills()
                .find(registry, id)
                .orElseThrow(() -> new RegistryException(new JsonAloneError.ReplicationBackfillNotFound(registry, id)));
    }
}
