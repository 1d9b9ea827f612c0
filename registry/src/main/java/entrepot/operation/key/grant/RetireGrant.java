package entrepot.operation.key.grant;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.GrantConstraints;
import entrepot.domain.KeyArn;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.key.Done;
import entrepot.operation.key.GrantNeeds;
import entrepot.operation.key.Grants;
import entrepot.operation.key.KeyName;
import entrepot.operation.key.KeyNeeds;
import entrepot.operation.key.KeyRefusals;
import entrepot.operation.key.Keys;
import entrepot.store.MetadataStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives a grant back, when what it was for is done: by its retiring principal, by its grantee if it says so, or by
/// whom policies let. Source: KMS API, RetireGrant.
public final class RetireGrant implements Operation<RetireGrant.Input, Done> {

    public record Input(
            @Nullable String grantToken,
            @Nullable String keyId,
            @Nullable String grantId,
            @Nullable Boolean dryRun) {

        private GrantToken grant(Caller caller) {
            if (grantToken != null && keyId == null && grantId == null) {
                return GrantToken.parse(caller, grantToken);
            }
            if (grantToken != null || keyId == null || grantId == null) {
                throw KeyRefusals.validation("Either a grant token, or a key ID and a grant ID must be given.");
            }
            Grants.requireId(grantId);
            return new GrantToken(KeyName.parseId(caller.registry(), keyId), grantId);
        }
    }

    private final MetadataStore metadata;

    RetireGrant(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        var meant = input.grant(caller);
        var call = GrantNeeds.ending(KeyNeeds.on(caller, name(), meant.key()), meant.grantId());
        return List.of(GrantNeeds.constrained(call, constraints(meant.key(), meant.grantId())));
    }

    private GrantConstraints constraints(KeyArn key, String id) {
        return metadata.read(tx -> tx.keyGrants().find(key.id(), id))
                .map(grant -> grant.terms().constraints())
                .orElse(GrantConstraints.NONE);
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        var meant = input.grant(caller);
        return metadata.transact(tx -> {
            var key = Keys.require(tx, meant.key());
            var grant = Grants.require(tx, key.id(), meant.grantId());
            if (Boolean.TRUE.equals(input.dryRun())) {
                throw KeyRefusals.dryRun();
            }
            tx.keyGrants().delete(grant);
            return Done.DONE;
        });
    }
}
