package entrepot.operation.secret;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.domain.Secret;
import entrepot.domain.SecretVersion;
import entrepot.operation.Operation;
import entrepot.store.Transaction;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells of a secret, without its value, also of one that is to be deleted. Source: Secrets Manager API,
/// DescribeSecret.
public final class DescribeSecret implements Operation<DescribeSecret.Input, DescribeSecret.Output> {

    public record Input(String secretId) {}

    public record Output(
            String arn,
            String name,
            @Nullable String description,
            @Nullable Instant lastChangedDate,
            @Nullable Instant lastAccessedDate,
            @Nullable Instant deletedDate,
            @Nullable List<SecretTag> tags,
            @Nullable Map<String, List<String>> versionIdsToStages,
            Instant createdDate) {

        static Output of(Transaction tx, Secret secret) {
            var deletion = secret.deletion();
            var tags = tx.secrets().tags(secret);
            return new Output(
                    secret.arn().toString(),
                    secret.name(),
                    secret.description(),
                    secret.changedAt(),
                    secret.accessedAt(),
                    deletion == null ? null : deletion.at(),
                    tags.isEmpty() ? null : tags.stream().map(SecretTag::of).toList(),
                    stages(tx, secret),
                    secret.createdAt());
        }
    }

    private final SecretCalls calls;

    DescribeSecret(SecretCalls calls) {
        this.calls = calls;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(calls.need(caller, this, input.secretId()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var arn = calls.decided(caller, this, calls.need(caller, this, input.secretId()));
        return calls.metadata().read(tx -> Output.of(tx, SecretCalls.require(tx, arn)));
    }

    /// Of versions with a label; null where there is none.
    static @Nullable Map<String, List<String>> stages(Transaction tx, Secret secret) {
        var stages = new LinkedHashMap<String, List<String>>();
        for (SecretVersion version : tx.secrets().versions(secret)) {
            if (!version.stages().isEmpty()) {
                stages.put(version.id(), version.stages());
            }
        }
        return stages.isEmpty() ? null : stages;
    }
}
