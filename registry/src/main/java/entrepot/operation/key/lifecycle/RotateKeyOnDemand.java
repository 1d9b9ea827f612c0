package entrepot.operation.key.lifecycle;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.EncryptionKey;
import entrepot.domain.KmsError.Kind;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.key.KeyNeeds;
import entrepot.operation.key.Keys;
import entrepot.store.MetadataStore;
import java.time.InstantSource;
import java.util.List;

/// Gives a key a new material now. Source: KMS API, RotateKeyOnDemand.
public final class RotateKeyOnDemand implements Operation<RotateKeyOnDemand.Input, RotateKeyOnDemand.Output> {

    public record Input(String keyId) {}

    public record Output(String keyId) {}

    /// KMS's quota for a key.
    private static final int MOST = 25;

    private final MetadataStore metadata;
    private final InstantSource clock;

    RotateKeyOnDemand(MetadataStore metadata, InstantSource clock) {
        this.metadata = metadata;
        this.clock = clock;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(KeyNeeds.on(caller, name(), input.keyId()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        return metadata.transact(tx -> {
            var key = Keys.requireEnabled(tx, caller, input.keyId());
            if (tx.encryptionKeys().rotationsOnDemand(key) >= MOST) {
                throw Kind.LIMIT_EXCEEDED.refusal("A key can be rotated on demand %d times.".formatted(MOST));
            }
            tx.encryptionKeys().addMaterial(key, EncryptionKey.newMaterial(), clock.instant(), true);
            return new Output(key.arn().value());
        });
    }
}
