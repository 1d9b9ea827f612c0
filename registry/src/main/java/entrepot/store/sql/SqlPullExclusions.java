package entrepot.store.sql;

import entrepot.domain.RegistryId;
import entrepot.store.PullExclusions;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Table `pull_time_exclusion`.
record SqlPullExclusions(Sql sql) implements PullExclusions {

    private static final String REGISTRY = "(select id from registry where account = ? and region = ?)";
    private static final String ONE = " from pull_time_exclusion where registry = " + REGISTRY + " and principal = ?";

    static final String PAGE = "select principal from pull_time_exclusion where registry = " + REGISTRY
            + " and principal > ? order by principal limit ?";

    @Override
    public boolean add(RegistryId registry, String principal, Instant now) {
        SqlRepositories.makeRegistry(sql, registry);
        return sql.update(
                        "insert into pull_time_exclusion (registry, principal, created_at) values (" + REGISTRY
                                + ", ?, ?) on conflict do nothing",
                        registry.account(),
                        registry.region(),
                        principal,
                        now)
                > 0;
    }

    @Override
    public boolean remove(RegistryId registry, String principal) {
        return sql.update("delete" + ONE, registry.account(), registry.region(), principal) > 0;
    }

    @Override
    public boolean has(RegistryId registry, String principal) {
        return sql.one("select 1" + ONE, _ -> true, registry.account(), registry.region(), principal)
                .isPresent();
    }

    @Override
    public List<String> list(RegistryId registry, @Nullable String after, int limit) {
        return sql.list(
                PAGE,
                row -> row.getString(1),
                registry.account(),
                registry.region(),
                after == null ? "" : after,
                limit);
    }
}
