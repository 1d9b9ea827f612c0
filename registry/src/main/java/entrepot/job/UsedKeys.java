package entrepot.job;

import static java.util.stream.Collectors.toMap;

import entrepot.auth.KeyUsage;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.util.Map;

/// Stores when keys were used last, all of them with one write a minute.
public record UsedKeys(MetadataStore metadata, KeyUsage usage) implements Job {

    /// A node knows what it saw itself.
    @Override
    public Scope scope() {
        return Scope.EACH_NODE;
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public boolean runsAtTheEnd() {
        return true;
    }

    @Override
    public boolean step(Failures failures) {
        var written = new Writes(metadata, failures)
                .each(usage.pending().entrySet(), (tx, use) -> tx.accessKeys().used(use.getKey(), use.getValue()));
        usage.stored(written.stream().collect(toMap(Map.Entry::getKey, Map.Entry::getValue)));
        return false;
    }
}
