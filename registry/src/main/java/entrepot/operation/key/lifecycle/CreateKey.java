package entrepot.operation.key.lifecycle;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.auth.UnknownKeys;
import entrepot.domain.EncryptionKey;
import entrepot.domain.EncryptionKey.Manager;
import entrepot.domain.KeyArn;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.key.KeyNeeds;
import entrepot.operation.key.KeyPolicyText;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes a key, which is symmetric: other kinds are refused. Source: KMS API, CreateKey.
public final class CreateKey implements Operation<CreateKey.Input, CreateKey.Output> {

    public record Input(
            @Nullable String policy,
            @Nullable String description,
            @Nullable String keyUsage,
            @Nullable String customerMasterKeySpec,
            @Nullable String keySpec,
            @Nullable String origin,
            @Nullable String customKeyStoreId,
            @Nullable Boolean bypassPolicyLockoutSafetyCheck,
            @Nullable List<KeyTag> tags,
            @Nullable Boolean multiRegion,
            @Nullable String xksKeyId) {

        boolean bypasses() {
            return Boolean.TRUE.equals(bypassPolicyLockoutSafetyCheck);
        }
    }

    public record Output(KeyMetadata keyMetadata) {}

    private final MetadataStore metadata;
    private final InstantSource clock;

    CreateKey(MetadataStore metadata, InstantSource clock) {
        this.metadata = metadata;
        this.clock = clock;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        var tags = KeyTags.checked(input.tags());
        var needs = new ArrayList<Permission>();
        needs.add(KeyNeeds.anywhere(caller, name())
                .with("kms:BypassPolicyLockoutSafetyCheck", List.of(String.valueOf(input.bypasses())))
                .giving(tags));
        if (!tags.isEmpty()) {
            needs.add(KeyNeeds.anywhere(caller, "TagResource").giving(tags));
        }
        return needs;
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        KeyKinds.require(input);
        var tags = KeyTags.checked(input.tags());
        var policy = input.policy() == null ? KeyPolicyText.ofAccount(caller) : KeyPolicyText.parse(input.policy());
        var description = input.description() == null ? "" : input.description();
        var key = EncryptionKey.create(
                UUID.randomUUID().toString(), caller.registry(), Manager.CUSTOMER, description, clock.instant());
        metadata.transact(tx -> {
            tx.encryptionKeys().create(key, checked(tx, caller, input, key, policy), EncryptionKey.newMaterial());
            tx.encryptionKeys().putTags(key, tags);
            return key;
        });
        UnknownKeys.tell("key " + key.id(), policy.text().document());
        return new Output(KeyMetadata.of(key));
    }

    /// The default one leaves to the account whether the caller may set another: that is no mistake of the policy's.
    private String checked(Transaction tx, Caller caller, Input input, EncryptionKey key, KeyPolicyText policy) {
        var bound = policy.bound(tx, caller);
        if (input.policy() != null && !input.bypasses()) {
            KeyPolicyText.refuseLockOut(tx, clock.instant(), caller, new KeyArn(key.home(), key.id()), bound);
        }
        return bound;
    }
}
