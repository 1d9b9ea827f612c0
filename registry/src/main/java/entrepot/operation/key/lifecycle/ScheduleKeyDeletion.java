package entrepot.operation.key.lifecycle;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.EncryptionKey;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.key.KeyNeeds;
import entrepot.operation.key.KeyRefusals;
import entrepot.operation.key.Keys;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lets nobody use a key any more, and its material go when the time is over; until then it can be kept.
/// Source: KMS API, ScheduleKeyDeletion.
public final class ScheduleKeyDeletion implements Operation<ScheduleKeyDeletion.Input, ScheduleKeyDeletion.Output> {

    public record Input(String keyId, @Nullable Integer pendingWindowInDays) {}

    public record Output(String keyId, Instant deletionDate, String keyState, int pendingWindowInDays) {}

    private static final int SHORTEST = 7;
    private static final int LONGEST = 30;

    private final MetadataStore metadata;
    private final InstantSource clock;

    ScheduleKeyDeletion(MetadataStore metadata, InstantSource clock) {
        this.metadata = metadata;
        this.clock = clock;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(KeyNeeds.on(caller, name(), input.keyId())
                .with("kms:ScheduleKeyDeletionPendingWindowInDays", List.of(String.valueOf(days(input)))));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var deletion = deletion(days(input));
        return metadata.transact(tx -> {
            var key = Keys.requireKept(tx, caller, input.keyId()).deletedAt(deletion);
            tx.encryptionKeys().update(key);
            return new Output(key.arn().value(), deletion.at(), key.state().toString(), deletion.days());
        });
    }

    private EncryptionKey.Deletion deletion(int days) {
        return new EncryptionKey.Deletion(days, clock.instant().plus(Duration.ofDays(days)));
    }

    private static int days(Input input) {
        var days = input.pendingWindowInDays() == null ? LONGEST : input.pendingWindowInDays();
        if (days < SHORTEST || days > LONGEST) {
            throw KeyRefusals.validation("The pending window must be from %d to %d days.".formatted(SHORTEST, LONGEST));
        }
        return days;
    }
}
