package entrepot.operation.key.policy;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.key.KeyNeeds;
import entrepot.operation.key.KeyPage;
import entrepot.operation.key.KeyPolicyText;
import entrepot.operation.key.Keys;
import entrepot.store.MetadataStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The names of a key's policies, of which there is one. Source: KMS API, ListKeyPolicies.
public final class ListKeyPolicies implements Operation<ListKeyPolicies.Input, ListKeyPolicies.Output> {

    public record Input(
            String keyId, @Nullable Integer limit, @Nullable String marker) {}

    public record Output(List<String> policyNames, boolean truncated) {}

    private final MetadataStore metadata;

    ListKeyPolicies(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(KeyNeeds.on(caller, name(), input.keyId()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var key = metadata.read(tx -> Keys.require(tx, caller, input.keyId()));
        var page = KeyPage.of("policies of " + key.id(), 100, input.limit(), input.marker())
                .pageOfAll(List.of(KeyPolicyText.NAME), name -> name);
        return new Output(page.entries(), page.isTruncated());
    }
}
