package entrepot.operation.key.policy;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.auth.UnknownKeys;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.key.Done;
import entrepot.operation.key.KeyName;
import entrepot.operation.key.KeyNeeds;
import entrepot.operation.key.KeyPolicyText;
import entrepot.operation.key.Keys;
import entrepot.store.MetadataStore;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says who may do what with a key, from the next request on. A policy under which the caller could not set another
/// one is taken only if the call says so. Source: KMS API, PutKeyPolicy.
public final class PutKeyPolicy implements Operation<PutKeyPolicy.Input, Done> {

    public record Input(
            String keyId,
            @Nullable String policyName,
            String policy,
            @Nullable Boolean bypassPolicyLockoutSafetyCheck) {

        boolean bypasses() {
            return Boolean.TRUE.equals(bypassPolicyLockoutSafetyCheck);
        }
    }

    private final MetadataStore metadata;
    private final InstantSource clock;

    PutKeyPolicy(MetadataStore metadata, InstantSource clock) {
        this.metadata = metadata;
        this.clock = clock;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(KeyNeeds.on(caller, name(), input.keyId())
                .with("kms:BypassPolicyLockoutSafetyCheck", List.of(String.valueOf(input.bypasses()))));
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        PolicyNames.require(input.policyName());
        var policy = KeyPolicyText.parse(input.policy());
        var arn = KeyName.parseId(caller.registry(), input.keyId());
        metadata.transact(tx -> {
            var key = Keys.requireKept(tx, caller, input.keyId());
            var bound = policy.bound(tx, caller);
            if (!input.bypasses()) {
                KeyPolicyText.refuseLockOut(tx, clock.instant(), caller, arn, bound);
            }
            tx.encryptionKeys().putPolicy(key, bound);
            return key;
        });
        UnknownKeys.tell("key " + arn.id(), policy.text().document());
        return Done.DONE;
    }
}
