package entrepot.operation.key.policy;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.PolicyText;
import entrepot.operation.key.KeyNeeds;
import entrepot.operation.key.KeyPolicyText;
import entrepot.operation.key.Keys;
import entrepot.store.MetadataStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The policy of a key. Source: KMS API, GetKeyPolicy.
public final class GetKeyPolicy implements Operation<GetKeyPolicy.Input, GetKeyPolicy.Output> {

    public record Input(String keyId, @Nullable String policyName) {}

    public record Output(String policy, String policyName) {}

    private final MetadataStore metadata;

    GetKeyPolicy(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(KeyNeeds.on(caller, name(), input.keyId()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        PolicyNames.require(input.policyName());
        var policy = metadata.read(tx -> {
            var stored = tx.encryptionKeys().policy(Keys.require(tx, caller, input.keyId()));
            return PolicyText.shown(tx, stored.orElseThrow(), caller.partition());
        });
        return new Output(policy, KeyPolicyText.NAME);
    }
}
