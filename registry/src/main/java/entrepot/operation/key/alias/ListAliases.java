package entrepot.operation.key.alias;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.KeyAlias;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.key.KeyNeeds;
import entrepot.operation.key.KeyPage;
import entrepot.operation.key.Keys;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The aliases of the caller's account in the region that is called, or of one of its keys. Source: KMS API,
/// ListAliases.
public final class ListAliases implements Operation<ListAliases.Input, ListAliases.Output> {

    public record Input(
            @Nullable String keyId,
            @Nullable Integer limit,
            @Nullable String marker) {}

    public record Output(List<Entry> aliases, @Nullable String nextMarker, boolean truncated) {}

    public record Entry(
            String aliasName, String aliasArn, String targetKeyId, Instant creationDate, Instant lastUpdatedDate) {
        static Entry of(KeyAlias alias) {
            return new Entry(alias.name(), alias.arn().value(), alias.keyId(), alias.createdAt(), alias.updatedAt());
        }
    }

    private final MetadataStore metadata;

    ListAliases(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(KeyNeeds.anywhere(caller, name()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var asked = KeyPage.of("aliases", 50, input.limit(), input.marker());
        var page = asked.page(
                metadata.read(tx -> list(tx, caller, input.keyId(), asked.after(), asked.oneMore())), KeyAlias::name);
        return new Output(page.map(Entry::of), page.marker(), page.isTruncated());
    }

    private static List<KeyAlias> list(
            Transaction tx, Caller caller, @Nullable String keyId, @Nullable String after, int limit) {
        return keyId == null
                ? tx.keyAliases().list(caller.registry(), after, limit)
                : tx.keyAliases().of(Keys.requireOwn(tx, caller, keyId), after, limit);
    }
}
