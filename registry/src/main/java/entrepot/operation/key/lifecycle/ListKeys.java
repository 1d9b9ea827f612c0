package entrepot.operation.key.lifecycle;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.EncryptionKey;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.key.KeyNeeds;
import entrepot.operation.key.KeyPage;
import entrepot.store.MetadataStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys of the caller's account in the region that is called. Source: KMS API, ListKeys.
public final class ListKeys implements Operation<ListKeys.Input, ListKeys.Output> {

    public record Input(@Nullable Integer limit, @Nullable String marker) {}

    public record Output(List<Entry> keys, @Nullable String nextMarker, boolean truncated) {}

    public record Entry(String keyId, String keyArn) {
        static Entry of(EncryptionKey key) {
            return new Entry(key.id(), key.arn().value());
        }
    }

    private final MetadataStore metadata;

    ListKeys(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(KeyNeeds.anywhere(caller, name()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var asked = KeyPage.of("keys", 100, input.limit(), input.marker());
        var page = asked.page(
                metadata.read(tx -> tx.encryptionKeys().list(caller.registry(), asked.after(), asked.oneMore())),
                EncryptionKey::id);
        return new Output(page.map(Entry::of), page.marker(), page.isTruncated());
    }
}
