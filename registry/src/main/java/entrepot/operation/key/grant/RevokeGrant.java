package entrepot.operation.key.grant;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.key.Done;
import entrepot.operation.key.GrantNeeds;
import entrepot.operation.key.Grants;
import entrepot.operation.key.KeyNeeds;
import entrepot.operation.key.KeyRefusals;
import entrepot.operation.key.Keys;
import entrepot.store.MetadataStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes a grant back, on the side of the key. Source: KMS API, RevokeGrant.
public final class RevokeGrant implements Operation<RevokeGrant.Input, Done> {

    public record Input(
            String keyId, String grantId, @Nullable Boolean dryRun) {}

    private final MetadataStore metadata;

    RevokeGrant(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(GrantNeeds.forService(KeyNeeds.on(caller, name(), input.keyId()), false));
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        Grants.requireId(input.grantId());
        return metadata.transact(tx -> {
            var key = Keys.require(tx, caller, input.keyId());
            var grant = Grants.require(tx, key.id(), input.grantId());
            if (Boolean.TRUE.equals(input.dryRun())) {
                throw KeyRefusals.dryRun();
            }
            tx.keyGrants().delete(grant);
            return Done.DONE;
        });
    }
}
