package entrepot.operation.account;

import entrepot.operation.Family;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import java.util.List;

/// The operations on a registry and its account.
public record AccountOperations(List<Operation<?, ?>> all) implements Family {

    public static AccountOperations with(Means means) {
        var metadata = means.metadata();
        return new AccountOperations(List.of(
                new GetAuthorizationToken(means.credentials().tokens(), means.clock()),
                new DescribeRegistry(),
                new GetAccountSetting(metadata),
                new PutAccountSetting(metadata),
                new PutRegistryPolicy(metadata),
                new GetRegistryPolicy(metadata),
                new DeleteRegistryPolicy(metadata)));
    }
}
