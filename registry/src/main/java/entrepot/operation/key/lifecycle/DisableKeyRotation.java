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

/// Lets a key keep its material until somebody asks for another. Source: KMS API, DisableKeyRotation.
public final class DisableKeyRotation implements Operation<DisableKeyRotation.Input, Done> {

    public record Input(String keyId) {}

    private final MetadataStore metadata;

    DisableKeyRotation(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(KeyNeeds.on(caller, name(), input.keyId()));
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        return metadata.transact(tx -> {
            var key = Keys.requireEnabled(tx, caller, input.keyId());
            tx.encryptionKeys().update(key.rotating(null));
            return Done.DONE;
        });
    }
}
