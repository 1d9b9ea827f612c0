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

/// Removes tags of a key; one that is not there is no error. Source: KMS API, UntagResource.
public final class UntagResource implements Operation<UntagResource.Input, Done> {

    public record Input(String keyId, List<String> tagKeys) {}

    private final MetadataStore metadata;

    UntagResource(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(KeyNeeds.on(caller, name(), input.keyId()).about(KeyTags.named(input.tagKeys())));
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        var names = KeyTags.named(input.tagKeys());
        return metadata.transact(tx -> {
            tx.encryptionKeys().removeTags(Keys.requireKept(tx, caller, input.keyId()), names);
            return Done.DONE;
        });
    }
}
