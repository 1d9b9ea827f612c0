package entrepot.operation.replication;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.store.MetadataStore;
import java.time.InstantSource;
import java.util.List;

/// Says what of the registry goes to which others, from the next push on; these rules take the place of all that there
/// were. Source: ECR API, PutReplicationConfiguration.
public final class PutReplicationConfiguration
        implements Operation<PutReplicationConfiguration.Input, PutReplicationConfiguration.Output> {

    public record Input(ReplicationConfiguration replicationConfiguration) {}

    public record Output(ReplicationConfiguration replicationConfiguration) {}

    private final MetadataStore metadata;
    private final InstantSource clock;

    PutReplicationConfiguration(MetadataStore metadata, InstantSource clock) {
        this.metadata = metadata;
        this.clock = clock;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return Permissions.ofCaller(caller, name());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var registry = caller.registry();
        var rules = input.replicationConfiguration().checked(registry);
        metadata.transact(tx -> {
            tx.replication().putRules(registry, rules, clock.instant());
            return registry;
        });
        return new Output(ReplicationConfiguration.of(rules));
    }
}
