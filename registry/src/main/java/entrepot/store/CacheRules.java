package entrepot.store;

import entrepot.domain.CacheRule;
import entrepot.domain.RegistryId;
import entrepot.domain.TemplatePrefix;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules of each registry's pull-through cache.
public interface CacheRules {

    /// Those of these prefixes that are there, in any order.
    List<CacheRule> find(RegistryId registry, Collection<TemplatePrefix> prefixes);

    /// In place of any of its prefix. The registry comes to be with it.
    void put(RegistryId registry, CacheRule rule);

    /// Removing an absent one is not an error.
    void delete(RegistryId registry, TemplatePrefix prefix);

    /// In the byte order of prefixes, those after `after`, or from the first one.
    List<CacheRule> list(RegistryId registry, @Nullable TemplatePrefix after, int limit);
}
