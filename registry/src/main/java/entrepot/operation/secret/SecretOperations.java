package entrepot.operation.secret;

import entrepot.operation.Family;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import java.util.List;

/// The operations on secrets.
public record SecretOperations(List<Operation<?, ?>> all) implements Family {

    public static SecretOperations with(Means means) {
        var calls = new SecretCalls(means.metadata(), means.decisions(), means.clock());
        return new SecretOperations(List.of(
                new CreateSecret(calls),
                new PutSecretValue(calls),
                new GetSecretValue(calls),
                new DescribeSecret(calls),
                new UpdateSecret(calls),
                new DeleteSecret(calls),
                new RestoreSecret(calls),
                new ListSecrets(calls),
                new ListSecretVersionIds(calls),
                new GetResourcePolicy(calls),
                new PutResourcePolicy(calls),
                new DeleteResourcePolicy(calls),
                new TagResource(calls),
                new UntagResource(calls)));
    }
}
