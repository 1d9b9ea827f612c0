package entrepot.operation.key.lifecycle;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.key.Done;
import entrepot.operation.key.KeyNeeds;
import entrepot.operation.key.Keys;
import entrepot.store.MetadataStore;
import java.util.List;

/// Adds tags to a key; one with a known key takes the old one's place. Source: KMS API, TagResource.
public final class TagResource implements Operation<TagResource.Input, Done> {

    public record Input(String keyId, List<KeyTag> tags) {}

    private final MetadataStore metadata;

    TagResource(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(KeyNeeds.on(caller, name(), input.keyId()).giving(KeyTags.checked(input.tags())));
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        var tags = KeyTags.checked(input.tags());
        return metadata.transact(tx -> {
            KeyTags.put(tx, Keys.requireKept(tx, caller, input.keyId()), tags);
            return Done.DONE;
        });
    }
}
