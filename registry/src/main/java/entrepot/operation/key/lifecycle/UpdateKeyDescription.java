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

/// Says something else of a key. Source: KMS API, UpdateKeyDescription.
public final class UpdateKeyDescription implements Operation<UpdateKeyDescription.Input, Done> {

    public record Input(String keyId, String description) {}

    private final MetadataStore metadata;

    UpdateKeyDescription(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(KeyNeeds.on(caller, name(), input.keyId()));
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        return metadata.transact(tx -> {
            var key = Keys.requireKept(tx, caller, input.keyId());
            tx.encryptionKeys().update(key.describedAs(input.description()));
            return Done.DONE;
        });
    }
}
