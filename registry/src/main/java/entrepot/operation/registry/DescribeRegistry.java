package entrepot.operation.registry;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import java.util.List;

/// The registry of the caller. Nothing is replicated yet, so there are no rules. Source: ECR API, DescribeRegistry.
public final class DescribeRegistry implements Operation<DescribeRegistry.Input, DescribeRegistry.Output> {

    public record Input() {}

    public record Output(AccountId registryId, ReplicationConfiguration replicationConfiguration) {}

    public record ReplicationConfiguration(List<String> rules) {}

    DescribeRegistry() {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return Permissions.ofCaller(caller, name());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        return new Output(caller.registry().account(), new ReplicationConfiguration(List.of()));
    }
}
