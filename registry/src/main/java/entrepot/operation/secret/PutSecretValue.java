package entrepot.operation.secret;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Content;
import entrepot.domain.Law;
import entrepot.domain.SecretVersion;
import entrepot.operation.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives a secret another value, as a version of its own. Source: Secrets Manager API, PutSecretValue.
public final class PutSecretValue implements Operation<PutSecretValue.Input, PutSecretValue.Output> {

    public record Input(
            String secretId,
            @Nullable String clientRequestToken,
            @Nullable Content secretBinary,
            @Nullable String secretString,
            @Nullable List<String> versionStages,
            @Nullable String rotationToken) {

        /// Without the value, so that no log can hold it.
        @Override
        public String toString() {
            return "PutSecretValue[%s]".formatted(secretId);
        }
    }

    public record Output(String arn, String name, String versionId, List<String> versionStages) {}

    private final SecretCalls calls;

    PutSecretValue(SecretCalls calls) {
        this.calls = calls;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(calls.need(caller, this, input.secretId()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        SecretExtras.requireNone("RotationToken", input.rotationToken());
        var given = GivenValue.of(input.clientRequestToken(), input.secretString(), input.secretBinary());
        if (given == null) {
            throw SecretRefusals.request("You must provide either SecretString or SecretBinary.");
        }
        var stages = input.versionStages() == null ? List.of(SecretVersion.CURRENT) : input.versionStages();
        var arn = calls.decided(caller, this, calls.need(caller, this, input.secretId()));
        return calls.metadata().transact(tx -> {
            var secret = SecretCalls.requireKept(tx, arn);
            var version = SecretVersions.put(tx, secret, given, stages, calls.now());
            return new Output(arn.toString(), secret.name(), version.id(), version.stages());
        });
    }
}
