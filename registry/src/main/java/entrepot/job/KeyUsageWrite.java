package entrepot.job;

import entrepot.auth.KeyUsage;
import entrepot.store.MetadataStore;
import java.time.Duration;

/// Stores when keys were used last, all of them with one write a minute.
public record KeyUsageWrite(MetadataStore metadata, KeyUsage usage) implements Job {

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public boolean step() {
        var pending = usage.pending();
        if (!pending.isEmpty()) {
            metadata.transact(tx -> {
                pending.forEach(tx.accessKeys()::used);
                return pending;
            });
            usage.stored(pending);
        }
        return false;
    }
}
