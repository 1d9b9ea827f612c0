package entrepot.store.sql;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import entrepot.domain.AccountId;
import entrepot.domain.RegistryId;
import entrepot.domain.ResourceTag;
import entrepot.domain.Secret;
import entrepot.domain.SecretValue;
import entrepot.domain.SecretVersion;
import entrepot.store.Secrets;
import entrepot.store.seal.SecretBox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tables `sm_secret`, `sm_secret_version`, `sm_secret_stage` and `sm_secret_tag`.
record SqlSecrets(Sql sql, SecretBox box) implements Secrets {

    private static final String SELECT = "select id, account, region, name, suffix, description, deleted_at, delete_at,"
            + " created_at, changed_at, accessed_at from sm_secret";

    static final String TO_DELETE = SELECT + " where delete_at <= ? order by delete_at limit ?";

    /// Before and after all times, and all names, whose letters are ASCII.
    private static final Place FIRST = new Place(Instant.EPOCH, "");

    private static final Place LAST = new Place(Instant.parse("9999-12-31T00:00:00Z"), "~");

    private record Label(String version, String stage) {}

    static String page(Order order, boolean isDescending) {
        var columns = order == Order.NAME ? "(name)" : "(created_at, name)";
        var direction = isDescending ? " desc" : "";
        return SELECT + " where account = ? and region = ? and " + columns + (isDescending ? " < " : " > ")
                + (order == Order.NAME ? "(?)" : "(?, ?)") + " order by "
                + (order == Order.NAME ? "" : "created_at" + direction + ", ") + "name" + direction + " limit ?";
    }

    @Override
    public Optional<Secret> find(RegistryId home, String name) {
        return sql.one(
                SELECT + " where account = ? and region = ? and name = ?",
                SqlSecrets::secret,
                home.account(),
                home.region(),
                name);
    }

    @Override
    public void create(Secret secret) {
        sql.changingAccess()
                .update(
                        "insert into sm_secret (id, account, region, name, suffix, description, created_at, changed_at)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                        secret.id(),
                        secret.home().account(),
                        secret.home().region(),
                        secret.name(),
                        secret.suffix(),
                        secret.description(),
                        secret.createdAt(),
                        secret.changedAt());
    }

    @Override
    public void update(Secret secret) {
        var deletion = secret.deletion();
        sql.update(
                "update sm_secret set description = ?, deleted_at = ?, delete_at = ?, changed_at = ? where id = ?",
                secret.description(),
                deletion == null ? null : deletion.at(),
                deletion == null ? null : deletion.due(),
                secret.changedAt(),
                secret.id());
    }

    @Override
    public void delete(Secret secret) {
        sql.changingAccess().update("delete from sm_secret where id = ?", secret.id());
    }

    @Override
    public List<Secret> toDelete(Instant now, int limit) {
        return sql.list(TO_DELETE, SqlSecrets::secret, now, limit);
    }

    @Override
    public List<Secret> list(RegistryId home, Part part) {
        var first = part.isDescending() ? LAST : FIRST;
        var after = part.after() == null ? first : part.after();
        var page = page(part.order(), part.isDescending());
        return part.order() == Order.NAME
                ? sql.list(page, SqlSecrets::secret, home.account(), home.region(), after.name(), part.limit())
                : sql.list(
                        page,
                        SqlSecrets::secret,
                        home.account(),
                        home.region(),
                        after.created(),
                        after.name(),
                        part.limit());
    }

    @Override
    public List<SecretVersion> versions(Secret secret) {
        var stages = stages(secret);
        return sql.list(
                "select id, created_at, accessed_at from sm_secret_version where secret_id = ?"
                        + " order by created_at desc, id",
                row -> new SecretVersion(
                        row.getString(1),
                        Columns.instant(row, 2),
                        Columns.optionalInstant(row, 3),
                        stages.getOrDefault(row.getString(1), List.of())),
                secret.id());
    }

    private Map<String, List<String>> stages(Secret secret) {
        return sql
                .list(
                        "select version_id, stage from sm_secret_stage where secret_id = ? order by stage",
                        row -> new Label(row.getString(1), row.getString(2)),
                        secret.id())
                .stream()
                .collect(groupingBy(Label::version, mapping(Label::stage, toList())));
    }

    @Override
    public Optional<SecretValue> value(Secret secret, String version) {
        return sql.one(
                "select is_text, value from sm_secret_version where secret_id = ? and id = ?",
                row -> new SecretValue(row.getInt(1) == 1, box.open(sealedAs(secret.id(), version), row.getBytes(2))),
                secret.id(),
                version);
    }

    @Override
    public void addVersion(Secret secret, String version, SecretValue value, Instant now) {
        sql.update(
                "insert into sm_secret_version (secret_id, id, is_text, value, created_at) values (?, ?, ?, ?, ?)",
                secret.id(),
                version,
                value.isText(),
                box.seal(sealedAs(secret.id(), version), value.bytes()),
                now);
    }

    /// What a value is sealed as.
    static String sealedAs(String secret, String version) {
        return "sm_secret/" + secret + "/" + version;
    }

    @Override
    public void deleteVersion(Secret secret, String version) {
        sql.update("delete from sm_secret_version where secret_id = ? and id = ?", secret.id(), version);
    }

    @Override
    public void noteAccess(Secret secret, String version, Instant day) {
        sql.update("update sm_secret set accessed_at = ? where id = ?", day, secret.id());
        sql.update(
                "update sm_secret_version set accessed_at = ? where secret_id = ? and id = ?",
                day,
                secret.id(),
                version);
    }

    @Override
    public void putStage(Secret secret, String stage, String version) {
        sql.update(
                "insert into sm_secret_stage (secret_id, stage, version_id) values (?, ?, ?)"
                        + " on conflict (secret_id, stage) do update set version_id = excluded.version_id",
                secret.id(),
                stage,
                version);
    }

    @Override
    public Optional<String> policy(Secret secret) {
        return sql.one(
                "select policy from sm_secret where id = ? and policy is not null",
                row -> row.getString(1),
                secret.id());
    }

    @Override
    public void putPolicy(Secret secret, @Nullable String document) {
        sql.changingAccess().update("update sm_secret set policy = ? where id = ?", document, secret.id());
    }

    @Override
    public List<ResourceTag> tags(Secret secret) {
        return tags().list(secret.id());
    }

    @Override
    public void putTags(Secret secret, Collection<ResourceTag> tags) {
        tags().put(secret.id(), tags);
    }

    @Override
    public void removeTags(Secret secret, Collection<String> names) {
        tags().remove(secret.id(), names);
    }

    private SqlTags tags() {
        return new SqlTags(sql, SqlTags.Table.SECRET);
    }

    private static Secret secret(ResultSet row) throws SQLException {
        return new Secret(
                row.getString(1),
                new RegistryId(new AccountId(row.getString(2)), row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getObject(8) == null ? null : new Secret.Deletion(Columns.instant(row, 7), Columns.instant(row, 8)),
                Columns.instant(row, 9),
                Columns.instant(row, 10),
                Columns.optionalInstant(row, 11));
    }
}
