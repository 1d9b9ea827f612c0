package entrepot.operation.secret;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the resource policy of a secret away, if it has one. Source: Secrets Manager API, DeleteResourcePolicy.
public final class DeleteResourcePolicy implements Operation<DeleteResourcePolicy.Input, PutResourcePolicy.Output> {

    public record Input(String secretId, @Nullable String policyName) {}

    private final SecretCalls calls;

    DeleteResourcePolicy(SecretCalls calls) {
        this.calls = calls;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(calls.need(caller, this, input.secretId()));
    }

    @Override
    public PutResourcePolicy.Output run(Caller caller, Law law, Input input) {
        SecretPolicyText.requireName(input.policyName());
        var arn = calls.decided(caller, this, calls.need(caller, this, input.secretId()));
        return calls.metadata().transact(tx -> {
            var secret = SecretCalls.requireKept(tx, arn);
            tx.secrets().putPolicy(secret, null);
            return new PutResourcePolicy.Output(arn.toString(), secret.name());
        });
    }
}
