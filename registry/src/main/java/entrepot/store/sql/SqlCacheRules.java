package entrepot.store.sql;

import entrepot.domain.Arn;
import entrepot.domain.CacheRule;
import entrepot.domain.RegistryId;
import entrepot.domain.TemplatePrefix;
import entrepot.store.CacheRules;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Table `cache_rule`.
record SqlCacheRules(Sql sql) implements CacheRules {

    private static final String REGISTRY = "(select id from registry where account = ? and region = ?)";

    private static final String COLUMNS =
            "prefix, upstream, upstream_prefix, credential, custom_role, created_at, updated_at";

    private static final String OF_REGISTRY = "select " + COLUMNS + " from cache_rule where registry = " + REGISTRY;

    static final String PAGE = OF_REGISTRY + " and prefix > ? order by prefix limit ?";

    @Override
    public List<CacheRule> find(RegistryId registry, Collection<TemplatePrefix> prefixes) {
        return sql.listIn(
                OF_REGISTRY + " and prefix in (*)",
                SqlCacheRules::rule,
                prefixes.stream().map(TemplatePrefix::value).toList(),
                registry.account(),
                registry.region());
    }

    @Override
    public List<CacheRule> list(RegistryId registry, @Nullable TemplatePrefix after, int limit) {
        return sql.list(
                PAGE,
                SqlCacheRules::rule,
                registry.account(),
                registry.region(),
                after == null ? "" : after.value(),
                limit);
    }

    @Override
    public void put(RegistryId registry, CacheRule rule) {
        SqlRepositories.makeRegistry(sql, registry);
        sql.update(
                "insert into cache_rule (registry, " + COLUMNS + ") values (" + REGISTRY + ", ?, ?, ?, ?, ?, ?, ?)"
                        + " on conflict (registry, prefix) do update set upstream = excluded.upstream,"
                        + " upstream_prefix = excluded.upstream_prefix, credential = excluded.credential,"
                        + " custom_role = excluded.custom_role, created_at = excluded.created_at,"
                        + " updated_at = excluded.updated_at",
                registry.account(),
                registry.region(),
                rule.prefix().value(),
                rule.upstream(),
                rule.upstreamPrefix() == null ? null : rule.upstreamPrefix().value(),
                text(rule.credential()),
                text(rule.customRole()),
                rule.createdAt(),
                rule.updatedAt());
    }

    @Override
    public void delete(RegistryId registry, TemplatePrefix prefix) {
        sql.update(
                "delete from cache_rule where registry = " + REGISTRY + " and prefix = ?",
                registry.account(),
                registry.region(),
                prefix.value());
    }

    private static CacheRule rule(ResultSet row) throws SQLException {
        return new CacheRule(
                new TemplatePrefix(row.getString(1)),
                row.getString(2),
                prefix(row.getString(3)),
                arn(row, 4),
                arn(row, 5),
                Columns.instant(row, 6),
                Columns.instant(row, 7));
    }

    private static @Nullable TemplatePrefix prefix(@Nullable String text) {
        return text == null ? null : new TemplatePrefix(text);
    }

    private static @Nullable Arn arn(ResultSet row, int column) throws SQLException {
        var text = row.getString(column);
        return text == null ? null : new Arn(text);
    }

    private static @Nullable String text(@Nullable Arn arn) {
        return arn == null ? null : arn.value();
    }
}
