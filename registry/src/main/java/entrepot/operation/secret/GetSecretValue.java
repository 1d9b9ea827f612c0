package entrepot.operation.secret;

import static java.time.temporal.ChronoUnit.DAYS;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.domain.Secret;
import entrepot.domain.SecretArn;
import entrepot.domain.SecretValue;
import entrepot.domain.SecretVersion;
import entrepot.operation.Operation;
import entrepot.store.Transaction;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells the value of a secret: the current one, or that of a label or a version. Source: Secrets Manager API,
/// GetSecretValue.
public final class GetSecretValue implements Operation<GetSecretValue.Input, GetSecretValue.Output> {

    public record Input(
            String secretId,
            @Nullable String versionId,
            @Nullable String versionStage) {}

    /// @param secretBinary null where it is a text, which is `secretString` then
    @SuppressWarnings("ArrayRecordComponent") // nobody compares outputs
    public record Output(
            String arn,
            String name,
            String versionId,
            byte @Nullable [] secretBinary,
            @Nullable String secretString,
            @Nullable List<String> versionStages,
            Instant createdDate) {

        /// Without the value, so that no log can hold it.
        @Override
        public String toString() {
            return "GetSecretValue[%s]".formatted(arn);
        }
    }

    private record Found(Secret secret, SecretVersion version, SecretValue value) {}

    private final SecretCalls calls;

    GetSecretValue(SecretCalls calls) {
        this.calls = calls;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(need(caller, input));
    }

    private Permission need(Caller caller, Input input) {
        var need =
                calls.need(caller, this, input.secretId()).with("secretsmanager:VersionStage", List.of(stage(input)));
        return input.versionId() == null ? need : need.with("secretsmanager:VersionId", List.of(input.versionId()));
    }

    private static String stage(Input input) {
        return input.versionStage() == null ? SecretVersion.CURRENT : input.versionStage();
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var arn = calls.decided(caller, this, need(caller, input));
        var found = calls.metadata().read(tx -> find(tx, arn, input));
        noteAccess(arn, found);
        return output(found);
    }

    private static Found find(Transaction tx, SecretArn arn, Input input) {
        var secret = SecretCalls.requireKept(tx, arn);
        var version = version(tx.secrets().versions(secret), input);
        return new Found(
                secret, version, tx.secrets().value(secret, version.id()).orElseThrow());
    }

    private static SecretVersion version(List<SecretVersion> versions, Input input) {
        var id = input.versionId();
        if (id == null) {
            return SecretVersions.at(versions, stage(input))
                    .orElseThrow(() -> SecretRefusals.noValue("staging label", stage(input)));
        }
        var version = SecretVersions.called(versions, id).orElseThrow(() -> SecretRefusals.noValue("VersionId", id));
        if (input.versionStage() != null && !version.stages().contains(input.versionStage())) {
            throw SecretRefusals.request(
                    "You provided a VersionStage that is not associated to the provided VersionId.");
        }
        return version;
    }

    /// Once a day.
    private void noteAccess(SecretArn arn, Found found) {
        var day = calls.now().truncatedTo(DAYS);
        if (day.equals(found.secret().accessedAt())
                && day.equals(found.version().accessedAt())) {
            return;
        }
        calls.metadata().transact(tx -> {
            tx.secrets()
                    .find(arn)
                    .ifPresent(secret ->
                            tx.secrets().noteAccess(secret, found.version().id(), day));
            return arn;
        });
    }

    private static Output output(Found found) {
        var value = found.value();
        var stages = found.version().stages();
        return new Output(
                found.secret().arn().toString(),
                found.secret().name(),
                found.version().id(),
                value.isText() ? null : value.bytes(),
                value.isText() ? value.text() : null,
                stages.isEmpty() ? null : stages,
                found.version().createdAt());
    }
}
