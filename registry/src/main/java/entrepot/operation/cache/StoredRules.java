package entrepot.operation.cache;

import entrepot.domain.CacheRule;
import entrepot.domain.JsonAloneError;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import entrepot.domain.TemplatePrefix;
import entrepot.store.Transaction;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The rules that a registry has, for whoever asks for them.
final class StoredRules {

    private StoredRules() {}

    static Optional<CacheRule> find(Transaction tx, RegistryId registry, TemplatePrefix prefix) {
        return tx.cacheRules().find(registry, List.of(prefix)).stream().findFirst();
    }

    static CacheRule require(Transaction tx, RegistryId registry, TemplatePrefix prefix) {
        return find(tx, registry, prefix).orElseThrow(() -> absent(registry, prefix));
    }

    /// The one that fills a repository: that with the longest prefix.
    static Optional<CacheRule> of(Transaction tx, RegistryId registry, RepositoryName name) {
        return tx.cacheRules().find(registry, TemplatePrefix.of(name)).stream()
                .max(Comparator.comparingInt(rule -> rule.prefix().length()));
    }

    static RegistryException absent(RegistryId registry, TemplatePrefix prefix) {
        return new RegistryException(new JsonAloneError.PullThroughCacheRuleNotFound(registry, prefix));
    }
}
