package entrepot.job;

import entrepot.domain.EncryptionKey;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Gives keys that rotate by themselves a new material when it is time. One that may not be used waits for that.
record KeysToRotate(MetadataStore metadata, InstantSource clock) implements Job {

    private static final int AT_ONCE = 100;

    @Override
    public Scope scope() {
        return Scope.ONE_NODE;
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public boolean step(Failures failures) {
        var now = clock.instant();
        var due = failures.untried(
                AT_ONCE, limit -> metadata.read(tx -> tx.encryptionKeys().toRotate(now, limit)));
        new Writes(metadata, failures).each(due, (tx, key) -> rotate(tx, key.id(), now));
        return due.size() == AT_ONCE;
    }

    private static void rotate(Transaction tx, String id, Instant now) {
        var key = tx.encryptionKeys().find(id).orElse(null);
        var rotation = key == null ? null : key.rotation();
        if (key == null || rotation == null || rotation.next().isAfter(now)) {
            return;
        }
        var next = new EncryptionKey.Rotation(rotation.days(), now.plus(Duration.ofDays(rotation.days())));
        tx.encryptionKeys().update(key.rotating(next));
        tx.encryptionKeys().addMaterial(key, EncryptionKey.newMaterial(), now, false);
    }
}
