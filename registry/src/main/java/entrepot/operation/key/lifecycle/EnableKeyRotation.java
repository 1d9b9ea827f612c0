package entrepot.operation.key.lifecycle;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.EncryptionKey;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.key.Done;
import entrepot.operation.key.KeyNeeds;
import entrepot.operation.key.Keys;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives a key a new material again and again, once a year unless told otherwise. What is already encrypted stays
/// readable. Source: KMS API, EnableKeyRotation.
public final class EnableKeyRotation implements Operation<EnableKeyRotation.Input, Done> {

    public record Input(String keyId, @Nullable Integer rotationPeriodInDays) {}

    private static final int YEAR = 365;

    private final MetadataStore metadata;
    private final InstantSource clock;

    EnableKeyRotation(MetadataStore metadata, InstantSource clock) {
        this.metadata = metadata;
        this.clock = clock;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(need(caller, input));
    }

    private Permission need(Caller caller, Input input) {
        var permission = KeyNeeds.on(caller, name(), input.keyId());
        return input.rotationPeriodInDays() == null
                ? permission
                : permission.with("kms:RotationPeriodInDays", List.of(String.valueOf(input.rotationPeriodInDays())));
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        return metadata.transact(tx -> {
            var key = Keys.requireEnabled(tx, caller, input.keyId());
            var before = key.rotation() == null ? YEAR : key.rotation().days();
            var days = input.rotationPeriodInDays() == null ? before : input.rotationPeriodInDays();
            var next = clock.instant().plus(Duration.ofDays(days));
            tx.encryptionKeys().update(key.rotating(new EncryptionKey.Rotation(days, next)));
            return Done.DONE;
        });
    }
}
