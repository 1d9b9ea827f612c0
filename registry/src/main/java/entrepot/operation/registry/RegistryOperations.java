package entrepot.operation.registry;

import entrepot.operation.Family;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import java.util.List;

/// The operations on a registry and its account.
public record RegistryOperations(List<Operation<?, ?>> all) implements Family {

    public static RegistryOperations with(Means means) {
        var metadata = means.metadata();
        return new RegistryOperations(List.of(
                new GetAuthorizationToken(means.credentials().tokens(), means.clock()),
                new DescribeRegistry(metadata),
                new GetAccountSetting(metadata),
                new PutAccountSetting(metadata),
                new RegisterPullTimeUpdateExclusion(metadata, means.clock()),
                new DeregisterPullTimeUpdateExclusion(metadata),
                new ListPullTimeUpdateExclusions(metadata),
                new PutRegistryPolicy(metadata),
                new GetRegistryPolicy(metadata),
                new DeleteRegistryPolicy(metadata)));
    }
}
