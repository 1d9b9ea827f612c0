package entrepot.operation.replication;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.JsonAloneError;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.store.Backfills.Backfill;
import entrepot.store.Backfills.Status;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ends a backfill: what it has brought stays, and what is on its way arrives. Source: ECR API,
/// StopReplicationBackfill.
public final class StopReplicationBackfill
        implements Operation<StopReplicationBackfill.Input, StartReplicationBackfill.Output> {

    public record Input(@Nullable AccountId registryId, String replicationBackfillId) {}

    private final MetadataStore metadata;
    private final InstantSource clock;

    StopReplicationBackfill(MetadataStore metadata, InstantSource clock) {
        this.metadata = metadata;
        this.clock = clock;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return Permissions.anywhere(caller.registry(input.registryId()), name());
    }

    @Override
    public StartReplicationBackfill.Output run(Caller caller, Law law, Input input) {
        var registry = caller.registry(input.registryId());
        return StartReplicationBackfill.Output.of(metadata.transact(tx -> {
            var backfill = BackfillView.require(tx, registry, input.replicationBackfillId());
            stop(tx, backfill);
            return BackfillView.require(tx, registry, backfill.uuid());
        }));
    }

    /// At once if nothing of it has begun; else whoever is at it has to come to an end.
    private void end(Transaction tx, Backfill backfill) {
        if (backfill.afterRepository().isEmpty()) {
            tx.backfills().end(backfill, Status.STOPPED, null, clock.instant());
        } else {
            tx.backfills().stop(backfill);
        }
    }

    private void stop(Transaction tx, Backfill backfill) {
        switch (backfill.status()) {
            case PREPARING, IN_PROGRESS, STOPPING -> end(tx, backfill);
            case COMPLETE, FAILED, STOPPED ->
                throw new RegistryException(new JsonAloneError.ReplicationBackfillInvalidStatus(
                        backfill.registry(), backfill.uuid(), backfill.status().name()));
        }
    }
}
