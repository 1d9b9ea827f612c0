package entrepot.operation.secret;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.auth.UnknownKeys;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says who may do what with a secret, from the next request on. Source: Secrets Manager API, PutResourcePolicy.
public final class PutResourcePolicy implements Operation<PutResourcePolicy.Input, PutResourcePolicy.Output> {

    public record Input(
            String secretId,
            String resourcePolicy,
            @Nullable String policyName,
            @Nullable Boolean blockPublicPolicy) {}

    public record Output(String arn, String name) {}

    private final SecretCalls calls;

    PutResourcePolicy(SecretCalls calls) {
        this.calls = calls;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(need(caller, input));
    }

    private Permission need(Caller caller, Input input) {
        var blocks = String.valueOf(Boolean.TRUE.equals(input.blockPublicPolicy()));
        return calls.need(caller, this, input.secretId()).with("secretsmanager:BlockPublicPolicy", List.of(blocks));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        SecretPolicyText.requireName(input.policyName());
        var policy = SecretPolicyText.parse(input.resourcePolicy());
        policy.requireNotPublic(input.blockPublicPolicy());
        var arn = calls.decided(caller, this, need(caller, input));
        var output = calls.metadata().transact(tx -> {
            var secret = SecretCalls.requireKept(tx, arn);
            tx.secrets().putPolicy(secret, policy.bound(tx, caller));
            return new Output(arn.toString(), secret.name());
        });
        UnknownKeys.tell("secret " + arn, policy.text().document());
        return output;
    }
}
