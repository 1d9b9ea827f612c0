package entrepot.operation.cache;

import entrepot.auth.LeastRecentlyUsed;
import entrepot.domain.CacheRule;
import entrepot.domain.Haste;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import entrepot.domain.TemplatePrefix;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which rule fills a repository. What is here already is not to wait for that: whether there may be one is remembered
/// for a second.
final class KnownRules {

    private static final long AGE = Duration.ofSeconds(1).toNanos();
    private static final int REGISTRIES = 1_000;
    private static final int RULES = 1_000;

    private final MetadataStore metadata;
    private final LeastRecentlyUsed<RegistryId, Prefixes> known = new LeastRecentlyUsed<>(REGISTRIES);

    /// @param since when they were read, as `System.nanoTime` counts
    private record Prefixes(Set<TemplatePrefix> all, long since) {}

    KnownRules(MetadataStore metadata) {
        this.metadata = metadata;
    }

    /// As it is now.
    Optional<CacheRule> of(RegistryId registry, RepositoryName name) {
        return metadata.ask(tx -> StoredRules.of(tx, registry, name));
    }

    /// Whether there was one, a second ago at most.
    boolean mayFill(RegistryId registry, RepositoryName name) {
        var prefixes = Haste.<Prefixes>kept(this, registry)
                .or(() -> known.get(registry).filter(found -> System.nanoTime() - found.since() < AGE))
                .orElseGet(() -> read(registry));
        Haste.keep(this, registry, prefixes);
        return !prefixes.all().isEmpty() && TemplatePrefix.of(name).stream().anyMatch(prefixes.all()::contains);
    }

    /// They were changed here.
    void changed(RegistryId registry) {
        read(registry);
    }

    private Prefixes read(RegistryId registry) {
        var since = System.nanoTime();
        Set<TemplatePrefix> all = metadata.ask(tx -> tx.cacheRules().list(registry, null, RULES).stream()
                .map(CacheRule::prefix)
                .collect(Collectors.toSet()));
        var prefixes = new Prefixes(all, since);
        known.put(registry, prefixes);
        return prefixes;
    }
}
