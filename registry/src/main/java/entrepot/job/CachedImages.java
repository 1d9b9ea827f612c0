package entrepot.job;

import entrepot.operation.cache.CacheOperations.Resumption;
import entrepot.store.CacheImports.Import;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Goes on with images that are to be brought from other registries and that nobody is at: those of a node that ended,
/// and those that failed.
public record CachedImages(MetadataStore metadata, InstantSource clock, Resumption resumption) implements Job {

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int AT_ONCE = 20;

    @Override
    public Scope scope() {
        return Scope.ONE_NODE;
    }

    @Override
    public Duration every() {
        return PAUSE;
    }

    @Override
    public boolean step(Failures failures) {
        var now = clock.instant();
        List<Import> due = failures.untried(
                AT_ONCE, limit -> metadata.read(tx -> tx.cacheImports().due(now, limit)));
        due.forEach(image -> failures.attempt(image, () -> resumption.resume(image)));
        return due.size() == AT_ONCE;
    }
}
