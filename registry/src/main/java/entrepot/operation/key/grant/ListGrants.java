package entrepot.operation.key.grant;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.EncryptionKey;
import entrepot.domain.KeyGrant;
import entrepot.domain.Law;
import entrepot.domain.Partition;
import entrepot.operation.Operation;
import entrepot.operation.identity.MarkedPage;
import entrepot.operation.key.GrantNeeds;
import entrepot.operation.key.GrantPrincipals;
import entrepot.operation.key.Grants;
import entrepot.operation.key.KeyNeeds;
import entrepot.operation.key.KeyPage;
import entrepot.operation.key.KeyRefusals;
import entrepot.operation.key.Keys;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The grants of a key: all, those to one principal, or one. Source: KMS API, ListGrants.
public final class ListGrants implements Operation<ListGrants.Input, ListGrants.Output> {

    public record Input(
            @Nullable Integer limit,
            @Nullable String marker,
            String keyId,
            @Nullable String grantId,
            @Nullable String granteePrincipal,
            @Nullable String granteeServicePrincipal) {}

    public record Output(List<Entry> grants, @Nullable String nextMarker, boolean truncated) {}

    public record Entry(
            String keyId,
            String grantId,
            @Nullable String name,
            Instant creationDate,
            String granteePrincipal,
            @Nullable String retiringPrincipal,
            String issuingAccount,
            List<String> operations,
            @Nullable Constraints constraints) {

        static Entry of(Transaction tx, EncryptionKey key, KeyGrant grant, Partition partition) {
            var terms = grant.terms();
            var retiring = terms.retiring();
            return new Entry(
                    key.arn().value(),
                    grant.id(),
                    terms.name(),
                    grant.createdAt(),
                    GrantPrincipals.shown(tx, terms.grantee(), partition),
                    retiring == null ? null : GrantPrincipals.shown(tx, retiring, partition),
                    AccessKey.rootOf(partition, grant.issuer()).value(),
                    terms.operations(),
                    Constraints.of(terms.constraints()));
        }
    }

    private final MetadataStore metadata;

    ListGrants(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(GrantNeeds.forService(KeyNeeds.on(caller, name(), input.keyId()), false));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var asked = KeyPage.of("grants", 50, input.limit(), input.marker());
        check(input);
        return metadata.read(tx -> {
            var key = Keys.require(tx, caller, input.keyId());
            var page = asked.page(list(tx, key, input, asked), KeyGrant::id);
            return new Output(
                    page.map(grant -> Entry.of(tx, key, grant, caller.partition())), page.marker(), page.isTruncated());
        });
    }

    private static void check(Input input) {
        if (input.granteeServicePrincipal() != null) {
            throw KeyRefusals.validation("GranteeServicePrincipal is for calls by services.");
        }
        if (input.grantId() != null) {
            Grants.requireId(input.grantId());
        }
    }

    private static List<KeyGrant> list(Transaction tx, EncryptionKey key, Input input, MarkedPage asked) {
        var grantee = input.granteePrincipal() == null ? null : GrantPrincipals.stored(tx, input.granteePrincipal());
        if (input.grantId() != null) {
            return tx.keyGrants().find(key.id(), input.grantId()).stream()
                    .filter(grant ->
                            grantee == null || grantee.equals(grant.terms().grantee()))
                    .toList();
        }
        return grantee == null
                ? tx.keyGrants().list(key.id(), asked.after(), asked.oneMore())
                : tx.keyGrants().to(key.id(), grantee, asked.after(), asked.oneMore());
    }
}
