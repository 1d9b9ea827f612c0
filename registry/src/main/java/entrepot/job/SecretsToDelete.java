package entrepot.job;

import entrepot.domain.Secret;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Deletes secrets of Secrets Manager whose recovery window is over, with their values.
record SecretsToDelete(MetadataStore metadata, InstantSource clock) implements Job {

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
                AT_ONCE, limit -> metadata.read(tx -> tx.secrets().toDelete(now, limit)));
        new Writes(metadata, failures).each(due, (tx, secret) -> delete(tx, secret, now));
        return due.size() == AT_ONCE;
    }

    /// Unless it was restored since it was found.
    private static void delete(Transaction tx, Secret found, Instant now) {
        tx.secrets()
                .find(found.arn())
                .filter(secret ->
                        secret.deletion() != null && !secret.deletion().due().isAfter(now))
                .ifPresent(tx.secrets()::delete);
    }
}
