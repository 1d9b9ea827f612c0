package entrepot.job;

import entrepot.domain.EncryptionKey;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Deletes keys whose waiting time is over, with their materials.
record KeysToDelete(MetadataStore metadata, InstantSource clock) implements Job {

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
                AT_ONCE, limit -> metadata.read(tx -> tx.encryptionKeys().toDelete(now, limit)));
        new Writes(metadata, failures).each(due, (tx, key) -> delete(tx, key, now));
        return due.size() == AT_ONCE;
    }

    /// Unless it was kept since it was found.
    private static void delete(Transaction tx, EncryptionKey found, Instant now) {
        tx.encryptionKeys()
                .find(found.id())
                .filter(key -> key.deletion() != null && !key.deletion().at().isAfter(now))
                .ifPresent(tx.encryptionKeys()::delete);
    }
}
