package entrepot.operation.key.grant;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.EncryptionKey;
import entrepot.domain.KeyArn;
import entrepot.domain.KeyGrant;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.key.GrantNeeds;
import entrepot.operation.key.GrantPrincipals;
import entrepot.operation.key.Grants;
import entrepot.operation.key.KeyNeeds;
import entrepot.operation.key.KeyRefusals;
import entrepot.operation.key.Keys;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lets somebody use a key, from the next request on. One of the same name that says the same is the same. Source: KMS
/// API, CreateGrant.
public final class CreateGrant implements Operation<CreateGrant.Input, CreateGrant.Output> {

    public record Input(
            String keyId,
            @Nullable String granteePrincipal,
            @Nullable String retiringPrincipal,
            List<String> operations,
            @Nullable Constraints constraints,
            @Nullable List<String> grantTokens,
            @Nullable String name,
            @Nullable Boolean dryRun,
            @Nullable String granteeServicePrincipal,
            @Nullable String retiringServicePrincipal) {

        /// With principals as the call has them.
        private KeyGrant.Terms terms() {
            if (granteeServicePrincipal != null || retiringServicePrincipal != null) {
                throw KeyRefusals.validation("GranteeServicePrincipal and RetiringServicePrincipal are for calls by"
                        + " services. Name the service as GranteePrincipal and RetiringPrincipal.");
            }
            if (granteePrincipal == null) {
                throw KeyRefusals.validation("GranteePrincipal must be given.");
            }
            Grants.requireOperations(operations);
            var context = Constraints.checked(constraints);
            return new KeyGrant.Terms(granteePrincipal, retiringPrincipal, operations, context, name);
        }
    }

    public record Output(String grantToken, String grantId) {
        static Output of(EncryptionKey key, KeyGrant grant) {
            return new Output(new GrantToken(new KeyArn(key.home(), key.id()), grant.id()).toString(), grant.id());
        }
    }

    private final MetadataStore metadata;
    private final InstantSource clock;

    CreateGrant(MetadataStore metadata, InstantSource clock) {
        this.metadata = metadata;
        this.clock = clock;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        var call = GrantNeeds.forService(KeyNeeds.on(caller, name(), input.keyId()), false);
        return List.of(GrantNeeds.making(call, input.terms()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var given = input.terms();
        return metadata.transact(tx -> {
            var key = Keys.requireEnabled(tx, caller, input.keyId());
            var terms = bound(tx, caller, given);
            var grant = same(tx, key, terms).orElseGet(() -> make(tx, caller, key, terms));
            if (Boolean.TRUE.equals(input.dryRun())) {
                throw KeyRefusals.dryRun();
            }
            return Output.of(key, grant);
        });
    }

    private static KeyGrant.Terms bound(Transaction tx, Caller caller, KeyGrant.Terms given) {
        var retiring = given.retiring();
        return new KeyGrant.Terms(
                GrantPrincipals.bound(tx, caller, given.grantee()),
                retiring == null ? null : GrantPrincipals.bound(tx, caller, retiring),
                given.operations(),
                given.constraints(),
                given.name());
    }

    private static Optional<KeyGrant> same(Transaction tx, EncryptionKey key, KeyGrant.Terms terms) {
        return terms.name() == null
                ? Optional.empty()
                : tx.keyGrants().to(key.id(), terms.grantee(), terms.constraints()).stream()
                        .filter(grant -> grant.terms().equals(terms))
                        .findFirst();
    }

    private KeyGrant make(Transaction tx, Caller caller, EncryptionKey key, KeyGrant.Terms terms) {
        var grant = KeyGrant.create(key.id(), terms, caller.principal().account(), clock.instant());
        Grants.add(tx, grant);
        return grant;
    }
}
