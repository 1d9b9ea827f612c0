package entrepot.operation.key.lifecycle;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.EncryptionKey.State;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.key.KeyNeeds;
import entrepot.operation.key.Keys;
import entrepot.store.MetadataStore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether and when a key rotates by itself. One that is to be deleted does not. Source: KMS API,
/// GetKeyRotationStatus.
public final class GetKeyRotationStatus implements Operation<GetKeyRotationStatus.Input, GetKeyRotationStatus.Output> {

    public record Input(String keyId) {}

    public record Output(
            boolean keyRotationEnabled,
            String keyId,
            @Nullable Integer rotationPeriodInDays,
            @Nullable Instant nextRotationDate) {}

    private final MetadataStore metadata;

    GetKeyRotationStatus(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(KeyNeeds.on(caller, name(), input.keyId()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var key = metadata.read(tx -> Keys.require(tx, caller, input.keyId()));
        var rotation = key.state() == State.PENDING_DELETION ? null : key.rotation();
        return rotation == null
                ? new Output(false, key.arn().value(), null, null)
                : new Output(true, key.arn().value(), rotation.days(), rotation.next());
    }
}
