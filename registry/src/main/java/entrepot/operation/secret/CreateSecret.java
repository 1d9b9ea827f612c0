package entrepot.operation.secret;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Content;
import entrepot.domain.Law;
import entrepot.domain.RegistryId;
import entrepot.domain.ResourceTag;
import entrepot.domain.Secret;
import entrepot.domain.SecretVersion;
import entrepot.operation.Operation;
import entrepot.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a secret, with a value or without. Source: Secrets Manager API, CreateSecret.
public final class CreateSecret implements Operation<CreateSecret.Input, CreateSecret.Output> {

    public record Input(
            String name,
            @Nullable String clientRequestToken,
            @Nullable String description,
            @Nullable String kmsKeyId,
            @Nullable Content secretBinary,
            @Nullable String secretString,
            @Nullable List<SecretTag> tags,
            @Nullable List<ReplicaRegion> addReplicaRegions,
            @Nullable Boolean forceOverwriteReplicaSecret,
            @Nullable String type,
            @Nullable String crossAccountPrimaryARN) {

        /// Without the value, so that no log can hold it.
        @Override
        public String toString() {
            return "CreateSecret[%s]".formatted(name);
        }
    }

    /// A region that a secret is copied to, which is refused.
    public record ReplicaRegion(
            @Nullable String region, @Nullable String kmsKeyId) {}

    public record Output(String arn, String name, @Nullable String versionId) {}

    private final SecretCalls calls;

    CreateSecret(SecretCalls calls) {
        this.calls = calls;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        SecretName.requireName(input.name());
        var tags = SecretTags.checked(input.tags());
        var needs = new ArrayList<Permission>();
        needs.add(need(caller, input, name(), tags).with("secretsmanager:Name", List.of(input.name())));
        if (!tags.isEmpty()) {
            needs.add(need(caller, input, "TagResource", tags));
        }
        return needs;
    }

    private static Permission need(Caller caller, Input input, String action, List<ResourceTag> tags) {
        var name = new SecretName(caller.registry(), input.name(), false);
        return SecretNeeds.on(action, name.home().account(), name.absent())
                .calling(input.name())
                .creatingWith(tags);
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        requireOurs(caller.registry(), input);
        var given = GivenValue.of(input.clientRequestToken(), input.secretString(), input.secretBinary());
        return calls.metadata().transact(tx -> {
            var there = tx.secrets().find(caller.registry(), input.name());
            if (there.isPresent()) {
                requireMade(tx, there.get(), given);
                return output(there.get(), given);
            }
            var now = calls.now();
            var secret = Secret.create(caller.registry(), input.name(), input.description(), now);
            tx.secrets().create(secret);
            SecretTags.put(tx, secret, SecretTags.checked(input.tags()));
            if (given != null) {
                SecretVersions.put(tx, secret, given, List.of(SecretVersion.CURRENT), now);
            }
            return output(secret, given);
        });
    }

    private static void requireOurs(RegistryId registry, Input input) {
        SecretExtras.requireUsualKey(registry, input.kmsKeyId());
        SecretExtras.requireNone("AddReplicaRegions", input.addReplicaRegions());
        SecretExtras.requireNone("Type", input.type());
        SecretExtras.requireNone("CrossAccountPrimaryARN", input.crossAccountPrimaryARN());
    }

    /// Whoever asks again for what a call of the same token made is answered alike.
    private static void requireMade(Transaction tx, Secret there, @Nullable GivenValue given) {
        if (there.deletion() != null) {
            throw SecretRefusals.nameToBeDeleted();
        }
        var value = given == null
                ? null
                : tx.secrets().value(there, given.version()).orElse(null);
        if (value == null || given == null) {
            throw SecretRefusals.exists(there.name());
        }
        if (!value.isSame(given.value())) {
            throw SecretRefusals.tokenInUse(given.version(), there.arn());
        }
    }

    private static Output output(Secret secret, @Nullable GivenValue given) {
        return new Output(secret.arn().toString(), secret.name(), given == null ? null : given.version());
    }
}
