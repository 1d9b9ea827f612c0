package entrepot.operation.registry;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.replication.ReplicationConfiguration;
import entrepot.store.MetadataStore;
import java.util.List;

/// The registry of the caller, and what of it goes to which others. Source: ECR API, DescribeRegistry.
public final class DescribeRegistry implements Operation<DescribeRegistry.Input, DescribeRegistry.Output> {

    public record Input() {}

    public record Output(AccountId registryId, ReplicationConfiguration replicationConfiguration) {}

    private final MetadataStore metadata;

    DescribeRegistry(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return Permissions.ofCaller(caller, name());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var rules = metadata.ask(tx -> tx.replication().rules(caller.registry()));
        return new Output(caller.registry().account(), ReplicationConfiguration.of(rules));
    }
}
