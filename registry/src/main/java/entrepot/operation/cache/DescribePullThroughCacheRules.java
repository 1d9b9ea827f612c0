package entrepot.operation.cache;

import static java.util.stream.Collectors.toMap;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.CacheRule;
import entrepot.domain.Law;
import entrepot.domain.RegistryId;
import entrepot.domain.TemplatePrefix;
import entrepot.operation.Operation;
import entrepot.operation.PageSize;
import entrepot.operation.PageToken;
import entrepot.operation.Permissions;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The rules of a registry by prefix, or all of them page by page, in the order of their prefixes. Source: ECR API,
/// DescribePullThroughCacheRules.
public final class DescribePullThroughCacheRules
        implements Operation<DescribePullThroughCacheRules.Input, DescribePullThroughCacheRules.Output> {

    private static final String PAGE = "cache-rules";

    public record Input(
            @Nullable AccountId registryId,
            @Nullable List<TemplatePrefix> ecrRepositoryPrefixes,
            @Nullable String nextToken,
            @Nullable Integer maxResults) {}

    public record Output(
            List<RuleView> pullThroughCacheRules, @Nullable String nextToken) {}

    private final MetadataStore metadata;

    DescribePullThroughCacheRules(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return Permissions.anywhere(caller.registry(input.registryId()), name());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var registry = caller.registry(input.registryId());
        var prefixes = input.ecrRepositoryPrefixes();
        if (prefixes != null && !prefixes.isEmpty()) {
            PageSize.requireNone(input.maxResults(), input.nextToken(), "ecrRepositoryPrefixes");
            return metadata.read(tx -> output(registry, named(tx, registry, prefixes), null));
        }
        var size = PageSize.of(law, input.maxResults());
        var token = PageToken.parse(input.nextToken());
        var after = token == null ? null : token.key(PAGE, TemplatePrefix::new);
        return metadata.read(tx -> page(tx, registry, after, size));
    }

    private static List<CacheRule> named(Transaction tx, RegistryId registry, List<TemplatePrefix> prefixes) {
        var distinct = prefixes.stream().distinct().toList();
        var found = tx.cacheRules().find(registry, distinct).stream()
                .collect(toMap(CacheRule::prefix, Function.identity()));
        return distinct.stream()
                .map(prefix ->
                        Optional.ofNullable(found.get(prefix)).orElseThrow(() -> StoredRules.absent(registry, prefix)))
                .toList();
    }

    private static Output page(Transaction tx, RegistryId registry, @Nullable TemplatePrefix after, int size) {
        var found = tx.cacheRules().list(registry, after, size + 1);
        var shown = found.subList(0, Math.min(size, found.size()));
        var next = shown.size() < found.size()
                ? new PageToken(PAGE, shown.getLast().prefix().value()).toString()
                : null;
        return output(registry, shown, next);
    }

    private static Output output(RegistryId registry, List<CacheRule> rules, @Nullable String next) {
        return new Output(
                rules.stream().map(rule -> RuleView.of(registry, rule)).toList(), next);
    }
}
