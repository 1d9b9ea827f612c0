package entrepot.store.sql;

import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.CustomerPolicy;
import entrepot.domain.CustomerPolicy.Version;
import entrepot.domain.Partition;
import entrepot.domain.ResourceTag;
import entrepot.domain.User;
import entrepot.store.Policies;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tables `iam_policy`, `iam_policy_tag` and `iam_policy_version`, and whom a policy is attached to.
record SqlPolicies(Sql sql) implements Policies {

    private static final Pattern ARN = Pattern.compile("arn:aws:iam::([0-9]{12}):policy/(?:.*/)?([^/]+)");

    private static final String COLUMNS =
            "id, account, path, name, description, default_version, latest_version, created_at, updated_at";

    static final String LIST = "select " + COLUMNS + " from iam_policy where account = ? and folded_name > ?"
            + " and substr(path, 1, ?) = ? order by folded_name limit ?";

    static final String ATTACHMENTS = "select count(*) from iam_attachment where account = ? and policy_arn = ?";

    @Override
    public Optional<CustomerPolicy> find(Arn arn) {
        var kept = arn.in(Partition.AWS);
        var parts = ARN.matcher(kept.value());
        return parts.matches()
                ? find(new AccountId(parts.group(1)), parts.group(2))
                        .filter(policy -> policy.arn(Partition.AWS).equals(kept))
                : Optional.empty();
    }

    @Override
    public Optional<CustomerPolicy> find(AccountId account, String name) {
        return sql.one(
                "select " + COLUMNS + " from iam_policy where account = ? and folded_name = ?",
                SqlPolicies::policy,
                account,
                User.fold(name));
    }

    @Override
    public void create(CustomerPolicy policy, String document) {
        sql.changingAccess()
                .update(
                        "insert into iam_policy (" + COLUMNS + ", folded_name) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        policy.id(),
                        policy.account(),
                        policy.path(),
                        policy.name(),
                        policy.description(),
                        policy.defaultVersion(),
                        policy.latestVersion(),
                        policy.createdAt(),
                        policy.updatedAt(),
                        User.fold(policy.name()));
        add(policy, new Version(policy.latestVersion(), document, policy.createdAt()));
    }

    @Override
    public void delete(CustomerPolicy policy) {
        sql.changingAccess().update("delete from iam_policy where id = ?", policy.id());
    }

    @Override
    public List<CustomerPolicy> list(AccountId account, String pathPrefix, @Nullable String after, int limit) {
        return sql.list(
                LIST,
                SqlPolicies::policy,
                account,
                after == null ? "" : User.fold(after),
                pathPrefix.length(),
                pathPrefix,
                limit);
    }

    @Override
    public int count(AccountId account) {
        return sql.one("select count(*) from iam_policy where account = ?", row -> row.getInt(1), account)
                .orElse(0);
    }

    @Override
    public List<ResourceTag> tags(CustomerPolicy policy) {
        return new SqlTags(sql, SqlTags.Table.POLICY).list(policy.id());
    }

    @Override
    public void putTags(CustomerPolicy policy, Collection<ResourceTag> tags) {
        new SqlTags(sql, SqlTags.Table.POLICY).put(policy.id(), tags);
    }

    @Override
    public void removeTags(CustomerPolicy policy, Collection<String> keys) {
        new SqlTags(sql, SqlTags.Table.POLICY).remove(policy.id(), keys);
    }

    @Override
    public List<Version> versions(CustomerPolicy policy) {
        return sql.list(
                "select version, document, created_at from iam_policy_version where policy_id = ?"
                        + " order by version desc",
                SqlPolicies::version,
                policy.id());
    }

    @Override
    public Optional<Version> version(CustomerPolicy policy, int number) {
        return sql.one(
                "select version, document, created_at from iam_policy_version where policy_id = ? and version = ?",
                SqlPolicies::version,
                policy.id(),
                number);
    }

    @Override
    public Version addVersion(CustomerPolicy policy, String document, Instant now) {
        var number = sql.changingAccess()
                .returning(
                        "update iam_policy set latest_version = latest_version + 1, updated_at = ? where id = ?"
                                + " returning latest_version",
                        row -> row.getInt(1),
                        now,
                        policy.id())
                .orElseThrow();
        var version = new Version(number, document, now);
        add(policy, version);
        return version;
    }

    @Override
    public void setDefaultVersion(CustomerPolicy policy, int number, Instant now) {
        sql.changingAccess()
                .update(
                        "update iam_policy set default_version = ?, updated_at = ? where id = ?",
                        number,
                        now,
                        policy.id());
    }

    @Override
    public void deleteVersion(CustomerPolicy policy, int number) {
        sql.changingAccess()
                .update("delete from iam_policy_version where policy_id = ? and version = ?", policy.id(), number);
    }

    @Override
    public int attachments(AccountId account, Arn policy) {
        return sql.one(
                        ATTACHMENTS,
                        row -> row.getInt(1),
                        account,
                        policy.in(Partition.AWS).value())
                .orElse(0);
    }

    private void add(CustomerPolicy policy, Version version) {
        sql.changingAccess()
                .update(
                        "insert into iam_policy_version (policy_id, version, document, created_at) values (?, ?, ?, ?)",
                        policy.id(),
                        version.number(),
                        version.document(),
                        version.createdAt());
    }

    private static CustomerPolicy policy(ResultSet row) throws SQLException {
        return new CustomerPolicy(
                row.getString(1),
                new AccountId(row.getString(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getInt(6),
                row.getInt(7),
                Columns.instant(row, 8),
                Columns.instant(row, 9));
    }

    private static Version version(ResultSet row) throws SQLException {
        return new Version(row.getInt(1), row.getString(2), Columns.instant(row, 3));
    }
}
