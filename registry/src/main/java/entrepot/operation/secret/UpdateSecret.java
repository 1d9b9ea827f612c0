package entrepot.operation.secret;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Content;
import entrepot.domain.Law;
import entrepot.domain.SecretVersion;
import entrepot.operation.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says something else of a secret, or gives it another value, or both. Source: Secrets Manager API, UpdateSecret.
public final class UpdateSecret implements Operation<UpdateSecret.Input, CreateSecret.Output> {

    public record Input(
            String secretId,
            @Nullable String clientRequestToken,
            @Nullable String description,
            @Nullable String kmsKeyId,
            @Nullable Content secretBinary,
            @Nullable String secretString,
            @Nullable String type) {

        /// Without the value, so that no log can hold it.
        @Override
        public String toString() {
            return "UpdateSecret[%s]".formatted(secretId);
        }
    }

    private final SecretCalls calls;

    UpdateSecret(SecretCalls calls) {
        this.calls = calls;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(need(caller, input));
    }

    private Permission need(Caller caller, Input input) {
        var need = calls.need(caller, this, input.secretId());
        var description = input.description();
        return description == null ? need : need.with("secretsmanager:Description", List.of(description));
    }

    @Override
    public CreateSecret.Output run(Caller caller, Law law, Input input) {
        SecretExtras.requireNone("Type", input.type());
        SecretExtras.requireUsualKey(caller.registry(), input.kmsKeyId());
        var given = GivenValue.of(input.clientRequestToken(), input.secretString(), input.secretBinary());
        var arn = calls.decided(caller, this, need(caller, input));
        return calls.metadata().transact(tx -> {
            var secret = SecretCalls.requireKept(tx, arn);
            if (input.description() != null) {
                secret = secret.describedAs(input.description(), calls.now());
                tx.secrets().update(secret);
            }
            if (given != null) {
                SecretVersions.put(tx, secret, given, List.of(SecretVersion.CURRENT), calls.now());
            }
            return new CreateSecret.Output(arn.toString(), secret.name(), given == null ? null : given.version());
        });
    }
}
