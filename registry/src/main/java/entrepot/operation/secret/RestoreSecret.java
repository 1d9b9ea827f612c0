package entrepot.operation.secret;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import java.util.List;

/// Keeps a secret that was to be deleted; of any other nothing changes. Source: Secrets Manager API, RestoreSecret.
public final class RestoreSecret implements Operation<RestoreSecret.Input, RestoreSecret.Output> {

    public record Input(String secretId) {}

    public record Output(String arn, String name) {}

    private final SecretCalls calls;

    RestoreSecret(SecretCalls calls) {
        this.calls = calls;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(calls.need(caller, this, input.secretId()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var arn = calls.decided(caller, this, calls.need(caller, this, input.secretId()));
        return calls.metadata().transact(tx -> {
            var secret = SecretCalls.require(tx, arn);
            if (secret.deletion() != null) {
                tx.secrets().update(secret.deletedBy(null, calls.now()));
            }
            return new Output(arn.toString(), secret.name());
        });
    }
}
