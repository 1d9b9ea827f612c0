package entrepot.operation.secret;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.domain.SecretVersion;
import entrepot.operation.Operation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The versions of a secret, in the order of their ids: those with a label, or all. Source: Secrets Manager API,
/// ListSecretVersionIds.
public final class ListSecretVersionIds implements Operation<ListSecretVersionIds.Input, ListSecretVersionIds.Output> {

    public record Input(
            String secretId,
            @Nullable Integer maxResults,
            @Nullable String nextToken,
            @Nullable Boolean includeDeprecated) {}

    public record Output(List<Entry> versions, @Nullable String nextToken, String arn, String name) {}

    /// @param versionStages null for none
    public record Entry(
            String versionId,
            @Nullable List<String> versionStages,
            @Nullable Instant lastAccessedDate,
            Instant createdDate) {
        static Entry of(SecretVersion version) {
            var stages = version.stages();
            return new Entry(version.id(), stages.isEmpty() ? null : stages, version.accessedAt(), version.createdAt());
        }
    }

    private final SecretCalls calls;

    ListSecretVersionIds(SecretCalls calls) {
        this.calls = calls;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(calls.need(caller, this, input.secretId()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var arn = calls.decided(caller, this, calls.need(caller, this, input.secretId()));
        var asked = SecretPage.of("versions of " + arn, input.maxResults(), input.nextToken());
        return calls.metadata().read(tx -> {
            var secret = SecretCalls.require(tx, arn);
            var all = tx.secrets().versions(secret).stream()
                    .filter(version -> Boolean.TRUE.equals(input.includeDeprecated())
                            || !version.stages().isEmpty())
                    .sorted((a, b) -> a.id().compareTo(b.id()))
                    .toList();
            var page = asked.pageOfAll(all, SecretVersion::id);
            return new Output(page.map(Entry::of), page.marker(), arn.toString(), secret.name());
        });
    }
}
