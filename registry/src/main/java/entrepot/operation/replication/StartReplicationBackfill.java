package entrepot.operation.replication;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.JsonAloneError;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryError;
import entrepot.domain.TimedUuid;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.replication.ReplicationConfiguration.Destination;
import entrepot.store.Backfills.Backfill;
import entrepot.store.Backfills.Status;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brings a destination what was there before the rules were that are in force now. Source: ECR API,
/// StartReplicationBackfill.
public final class StartReplicationBackfill
        implements Operation<StartReplicationBackfill.Input, StartReplicationBackfill.Output> {

    public record Input(@Nullable AccountId registryId, Destination destination) {}

    public record Output(
            String replicationBackfillId,
            AccountId registryId,
            Destination destination,
            Status status,
            Instant startedAt) {

        static Output of(Backfill backfill) {
            return new Output(
                    backfill.uuid(),
                    backfill.registry().account(),
                    Destination.of(backfill.destination()),
                    backfill.status(),
                    backfill.startedAt());
        }
    }

    private static final int MOST_AT_ONCE = 10;

    private final MetadataStore metadata;
    private final InstantSource clock;

    StartReplicationBackfill(MetadataStore metadata, InstantSource clock) {
        this.metadata = metadata;
        this.clock = clock;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return Permissions.anywhere(caller.registry(input.registryId()), name());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var registry = caller.registry(input.registryId());
        var destination = input.destination().registry("destination");
        return Output.of(metadata.transact(tx -> start(tx, registry, destination)));
    }

    private Backfill start(Transaction tx, RegistryId registry, RegistryId destination) {
        var rules = tx.replication().rules(registry);
        if (!rules.destinations().contains(destination)) {
            throw new RegistryException(new JsonAloneError.InvalidParameter(
                    "destination", "The destination is not configured in the registry's replication configuration"));
        }
        refuseTooMany(tx, registry, destination);
        var now = clock.instant();
        return tx.backfills()
                .start(TimedUuid.random(now).toString(), registry, destination, rules, now)
                .orElseThrow(() -> inProgress(registry, destination));
    }

    private static void refuseTooMany(Transaction tx, RegistryId registry, RegistryId destination) {
        var running = tx.backfills().running(registry);
        if (running.stream().anyMatch(each -> each.destination().region().equals(destination.region()))) {
            throw inProgress(registry, destination);
        }
        if (running.size() >= MOST_AT_ONCE) {
            throw new RegistryException(new RepositoryError.LimitExceeded(
                    "The registry with id '%s' already has the maximum allowed number of replication backfills in progress which is '%d'"
                            .formatted(registry.account(), MOST_AT_ONCE)));
        }
    }

    private static RegistryException inProgress(RegistryId registry, RegistryId destination) {
        return new RegistryException(new JsonAloneError.ReplicationBackfillInProgress(registry, destination.region()));
    }
}
