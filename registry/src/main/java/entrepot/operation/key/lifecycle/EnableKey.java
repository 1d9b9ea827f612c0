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

/// Lets a key be used again. Source: KMS API, EnableKey.
public final class EnableKey implements Operation<EnableKey.Input, Done> {

    public record Input(String keyId) {}

    private final MetadataStore metadata;

    EnableKey(MetadataStore metadata) {
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
                    .update(Keys.requireKept(tx, caller, input.keyId()).in(State.ENABLED));
            return Done.DONE;
        });
    }
}
