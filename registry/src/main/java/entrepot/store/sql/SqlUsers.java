package entrepot.store.sql;

import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.Partition;
import entrepot.domain.ResourceTag;
import entrepot.domain.User;
import entrepot.domain.UserName;
import entrepot.store.Users;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tables `iam_user`, `iam_user_tag`, `iam_user_policy` and `iam_attachment`.
record SqlUsers(Sql sql) implements Users {

    private static final Pattern ARN = Pattern.compile("arn:aws:iam::([0-9]{12}):user/(?:.*/)?([^/]+)");

    private static final String COLUMNS = "id, account, path, name, created_at";

    static final String LIST = "select " + COLUMNS + " from iam_user where account = ? and folded_name > ?"
            + " and substr(path, 1, ?) = ? order by folded_name limit ?";

    static final String ATTACHED_TO = "select u.id, u.account, u.path, u.name, u.created_at from iam_attachment a"
            + " join iam_user u on u.id = a.user_id where a.account = ? and a.policy_arn = ? and u.folded_name > ?"
            + " and substr(u.path, 1, ?) = ? order by u.folded_name limit ?";

    static final String POLICIES =
            "select name, document from iam_user_policy where user_id = ? and name > ? order by name limit ?";

    @Override
    public Optional<User> find(AccountId account, UserName name) {
        return sql.one(
                "select " + COLUMNS + " from iam_user where account = ? and folded_name = ?",
                row -> user(row, 1),
                account,
                name.folded());
    }

    @Override
    public Optional<User> find(Arn arn) {
        var kept = arn.in(Partition.AWS);
        var parts = ARN.matcher(kept.value());
        return parts.matches() && UserName.isName(parts.group(2))
                ? find(new AccountId(parts.group(1)), new UserName(parts.group(2)))
                        .filter(user -> user.arn(Partition.AWS).equals(kept))
                : Optional.empty();
    }

    @Override
    public Optional<User> find(String id) {
        return sql.one("select " + COLUMNS + " from iam_user where id = ?", row -> user(row, 1), id);
    }

    @Override
    public void create(User user) {
        sql.changingAccess()
                .update(
                        "insert into iam_user (" + COLUMNS + ", folded_name) values (?, ?, ?, ?, ?, ?)",
                        user.id(),
                        user.account(),
                        user.path(),
                        user.name().value(),
                        user.createdAt(),
                        user.name().folded());
    }

    @Override
    public void rename(User user) {
        sql.changingAccess()
                .update(
                        "update iam_user set path = ?, name = ?, folded_name = ? where id = ?",
                        user.path(),
                        user.name().value(),
                        user.name().folded(),
                        user.id());
    }

    @Override
    public void delete(User user) {
        sql.changingAccess().update("delete from iam_user where id = ?", user.id());
    }

    @Override
    public List<User> list(AccountId account, String pathPrefix, @Nullable String after, int limit) {
        return sql.list(
                LIST,
                row -> user(row, 1),
                account,
                after == null ? "" : User.fold(after),
                pathPrefix.length(),
                pathPrefix,
                limit);
    }

    @Override
    public int count(AccountId account) {
        return sql.one("select count(*) from iam_user where account = ?", row -> row.getInt(1), account)
                .orElse(0);
    }

    @Override
    public List<ResourceTag> tags(User user) {
        return new SqlTags(sql, SqlTags.Table.USER).list(user.id());
    }

    @Override
    public void putTags(User user, Collection<ResourceTag> tags) {
        new SqlTags(sql, SqlTags.Table.USER).put(user.id(), tags);
    }

    @Override
    public void removeTags(User user, Collection<String> keys) {
        new SqlTags(sql, SqlTags.Table.USER).remove(user.id(), keys);
    }

    @Override
    public List<InlinePolicy> policies(User user, @Nullable String after, int limit) {
        return sql.list(POLICIES, SqlUsers::policy, user.id(), after == null ? "" : after, limit);
    }

    @Override
    public Optional<InlinePolicy> policy(User user, String name) {
        return sql.one(
                "select name, document from iam_user_policy where user_id = ? and name = ?",
                SqlUsers::policy,
                user.id(),
                name);
    }

    @Override
    public void putPolicy(User user, InlinePolicy policy) {
        sql.changingAccess()
                .update(
                        "insert into iam_user_policy (user_id, name, document) values (?, ?, ?)"
                                + " on conflict (user_id, name) do update set document = excluded.document",
                        user.id(),
                        policy.name(),
                        policy.document());
    }

    @Override
    public void deletePolicy(User user, String name) {
        sql.changingAccess().update("delete from iam_user_policy where user_id = ? and name = ?", user.id(), name);
    }

    @Override
    public List<Arn> attached(User user) {
        return sql.list(
                "select policy_arn from iam_attachment where user_id = ? order by policy_arn",
                row -> new Arn(row.getString(1)),
                user.id());
    }

    @Override
    public List<User> attachedTo(AccountId account, Arn policy, String pathPrefix, @Nullable String after, int limit) {
        return sql.list(
                ATTACHED_TO,
                row -> user(row, 1),
                account,
                policy.in(Partition.AWS).value(),
                after == null ? "" : User.fold(after),
                pathPrefix.length(),
                pathPrefix,
                limit);
    }

    @Override
    public void attach(User user, Arn policy) {
        sql.changingAccess()
                .update(
                        "insert into iam_attachment (user_id, policy_arn, account) values (?, ?, ?)"
                                + " on conflict do nothing",
                        user.id(),
                        policy.in(Partition.AWS).value(),
                        user.account());
    }

    @Override
    public void detach(User user, Arn policy) {
        sql.changingAccess()
                .update(
                        "delete from iam_attachment where user_id = ? and policy_arn = ?",
                        user.id(),
                        policy.in(Partition.AWS).value());
    }

    /// Of the row's five columns from this one on.
    static User user(ResultSet row, int first) throws SQLException {
        return new User(
                row.getString(first),
                new AccountId(row.getString(first + 1)),
                row.getString(first + 2),
                new UserName(row.getString(first + 3)),
                Columns.instant(row, first + 4));
    }

    private static InlinePolicy policy(ResultSet row) throws SQLException {
        return new InlinePolicy(row.getString(1), row.getString(2));
    }
}
