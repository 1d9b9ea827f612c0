package entrepot.operation.key.lifecycle;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.EncryptionKey.State;
import entrepot.domain.KmsError.Kind;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.key.KeyNeeds;
import entrepot.operation.key.Keys;
import entrepot.store.MetadataStore;
import java.util.List;

/// Keeps a key that was to be deleted. It is disabled then. Source: KMS API, CancelKeyDeletion.
public final class CancelKeyDeletion implements Operation<CancelKeyDeletion.Input, CancelKeyDeletion.Output> {

    public record Input(String keyId) {}

    public record Output(String keyId) {}

    private final MetadataStore metadata;

    CancelKeyDeletion(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(KeyNeeds.on(caller, name(), input.keyId()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        return metadata.transact(tx -> {
            var key = Keys.require(tx, caller, input.keyId());
            if (key.state() != State.PENDING_DELETION) {
                throw Kind.INVALID_STATE.refusal(key.arn() + " is not pending deletion.");
            }
            tx.encryptionKeys().update(key.in(State.DISABLED));
            return new Output(key.arn().value());
        });
    }
}
