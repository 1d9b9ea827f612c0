package entrepot.operation.key.lifecycle;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.domain.ResourceTag;
import entrepot.operation.Operation;
import entrepot.operation.key.KeyNeeds;
import entrepot.operation.key.KeyPage;
import entrepot.operation.key.Keys;
import entrepot.store.MetadataStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tags of a key. Source: KMS API, ListResourceTags.
public final class ListResourceTags implements Operation<ListResourceTags.Input, ListResourceTags.Output> {

    public record Input(
            String keyId, @Nullable Integer limit, @Nullable String marker) {}

    public record Output(List<KeyTag> tags, @Nullable String nextMarker, boolean truncated) {}

    private final MetadataStore metadata;

    ListResourceTags(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(KeyNeeds.on(caller, name(), input.keyId()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var tags = metadata.read(tx -> tx.encryptionKeys().tags(Keys.require(tx, caller, input.keyId())));
        var page = KeyPage.of("tags", 50, input.limit(), input.marker()).pageOfAll(tags, ResourceTag::key);
        return new Output(page.map(KeyTag::of), page.marker(), page.isTruncated());
    }
}
