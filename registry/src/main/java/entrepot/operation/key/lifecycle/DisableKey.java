package entrepot.operation.key.lifecycle;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.EncryptionKey.State;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.key.Done;
import entrepot.operation.key.KeyNeeds;
import entrepot.operation.key.Keys;
import entrepot.store.MetadataStore;
import java.util.List;

/// Lets nobody use a key until it is enabled: felt by the next use. Source: KMS API, DisableKey.
public final class DisableKey implements Operation<DisableKey.Input, Done> {

    public record Input(String keyId) {}

    private final MetadataStore metadata;

    DisableKey(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(KeyNeeds.on(caller, name(), input.keyId()));
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        return metadata.transact(tx -> {
            tx.encryptionKeys()
                    .update(Keys.requireKept(tx, caller, input.keyId()).in(State.DISABLED));
            return Done.DONE;
        });
    }
}
