package entrepot.operation.secret;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.PolicyText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The resource policy of a secret, if it has one. Source: Secrets Manager API, GetResourcePolicy.
public final class GetResourcePolicy implements Operation<GetResourcePolicy.Input, GetResourcePolicy.Output> {

    public record Input(String secretId, @Nullable String policyName) {}

    /// The policy that there is.
    ///
    /// @param resourcePolicy null for none
    public record Output(String arn, String name, @Nullable String resourcePolicy) {}

    private final SecretCalls calls;

    GetResourcePolicy(SecretCalls calls) {
        this.calls = calls;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(calls.need(caller, this, input.secretId()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        SecretPolicyText.requireName(input.policyName());
        var arn = calls.decided(caller, this, calls.need(caller, this, input.secretId()));
        return calls.metadata().read(tx -> {
            var secret = SecretCalls.requireKept(tx, arn);
            var policy = tx.secrets().policy(secret);
            var shown = policy.map(stored -> PolicyText.shown(tx, stored, caller.partition()));
            return new Output(arn.toString(), secret.name(), shown.orElse(null));
        });
    }
}
