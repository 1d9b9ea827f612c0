package entrepot.store.sql;

import entrepot.domain.AccountId;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.ResourceTag;
import entrepot.domain.TagMutability;
import entrepot.store.NewRepository;
import entrepot.store.Repositories;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tables `registry`, `repository` and `resource_tag`.
record SqlRepositories(Sql sql) implements Repositories {

    static final String COLUMNS =
            "id, name, tag_mutability, tag_exclusions, scan_on_push, settings_version, created_at, data_keys";

    /// How many columns those are.
    static final int WIDTH = 8;

    private static final String OF_REGISTRY = " from repository where deleted_at is null"
            + " and registry = (select id from registry where account = ? and region = ?)";

    static final String LIST = "select " + COLUMNS + OF_REGISTRY + " and name > ? order by name limit ?";

    public static final String DELETED = "select id from repository where deleted_at is not null order by id limit ?";

    static final String DELETED_LONG_AGO = "select id from repository where deleted_at is not null"
            + " and coalesce(deleted_since, 0) <= ? order by id limit ?";

    private static final String KEPT = "select id, created_at, deleted_at from repository where deleted_at is not null"
            + " and deleted_since is not null and registry = (select id from registry where account = ? and region = ?)"
            + " and name = ? order by deleted_at desc, id desc";

    private static final String KEPT_OF_REGISTRY = "select name, id, created_at, deleted_at from repository"
            + " where deleted_at is not null and deleted_since is not null"
            + " and registry = (select id from registry where account = ? and region = ?)"
            + " order by deleted_at desc, id desc limit ?";

    private static final String NAMED = "select id from repository"
            + " where registry = (select id from registry where account = ? and region = ?) and name = ? order by id";

    /// A registry comes to be with its first write.
    static void makeRegistry(Sql sql, RegistryId registry) {
        sql.update(
                "insert into registry (account, region) values (?, ?) on conflict do nothing",
                registry.account(),
                registry.region());
    }

    @Override
    public Optional<Repository> find(RegistryId registry, RepositoryName name) {
        return find(registry, name, "");
    }

    @Override
    public Optional<Repository> hold(RegistryId registry, RepositoryName name) {
        sql.engine().queue(sql::before, registry, name);
        return find(registry, name, sql.engine().shared());
    }

    @Override
    public Optional<Repository> holdAlone(RegistryId registry, RepositoryName name) {
        sql.engine().queueAlone(sql::before, registry, name);
        return find(registry, name, sql.engine().alone());
    }

    private Optional<Repository> find(RegistryId registry, RepositoryName name, String held) {
        return sql.one(
                "select " + COLUMNS + OF_REGISTRY + " and name = ?" + held,
                row -> repository(registry, row),
                registry.account(),
                registry.region(),
                name.value());
    }

    /// The one of this id as it stands by now, if it is there. In a transaction that may write it stays so until that
    /// ends.
    static List<Repository> again(Questions questions, Repository seen) {
        questions.queue(seen);
        return questions.list(
                "select " + COLUMNS + " from repository where id = ? and deleted_at is null" + questions.held(),
                row -> repository(seen.registry(), row),
                seen.id());
    }

    @Override
    public Optional<Repository> find(long id) {
        return sql.one(
                        "select account, region from registry"
                                + " where id = (select registry from repository where id = ? and deleted_at is null)",
                        row -> new RegistryId(new AccountId(row.getString(1)), row.getString(2)),
                        id)
                .flatMap(registry -> sql.one(
                        "select " + COLUMNS + " from repository where id = ?", row -> repository(registry, row), id));
    }

    @Override
    public Repository create(NewRepository repository, Instant now) {
        var registry = repository.registry();
        makeRegistry(sql, registry);
        return sql.returning(
                        "insert into repository"
                                + " (registry, name, tag_mutability, tag_exclusions, scan_on_push, created_at, data_keys)"
                                + " values ((select id from registry where account = ? and region = ?),"
                                + " ?, ?, ?, ?, ?, ?) returning " + COLUMNS,
                        row -> repository(registry, row),
                        registry.account(),
                        registry.region(),
                        repository.name().value(),
                        repository.tagMutability().mode().name(),
                        exclusions(repository.tagMutability()),
                        repository.scanOnPush(),
                        now,
                        Columns.text(repository.keys()))
                .orElseThrow();
    }

    @Override
    public List<Repository> list(RegistryId registry, @Nullable String after, int limit) {
        return sql.list(
                LIST,
                row -> repository(registry, row),
                registry.account(),
                registry.region(),
                after == null ? "" : after,
                limit);
    }

    @Override
    public List<Repository> all(long afterId, int limit) {
        return sql
                .list(
                        "select id from repository where deleted_at is null and id > ? order by id limit ?",
                        row -> row.getLong(1),
                        afterId,
                        limit)
                .stream()
                .flatMap(id -> find(id).stream())
                .toList();
    }

    @Override
    public int count(RegistryId registry) {
        return sql.one("select count(*)" + OF_REGISTRY, row -> row.getInt(1), registry.account(), registry.region())
                .orElse(0);
    }

    @Override
    public void setTagMutability(Repository repository, TagMutability mutability) {
        queueAlone(sql, repository);
        sql.update(
                "update repository set tag_mutability = ?, tag_exclusions = ?,"
                        + " settings_version = settings_version + 1 where id = ?",
                mutability.mode().name(),
                exclusions(mutability),
                repository.id());
    }

    @Override
    public void setScanOnPush(Repository repository, boolean scanOnPush) {
        queueAlone(sql, repository);
        sql.update(
                "update repository set scan_on_push = ?, settings_version = settings_version + 1 where id = ?",
                scanOnPush,
                repository.id());
    }

    /// Before its row is written, which pushes share.
    static void queueAlone(Sql sql, Repository repository) {
        sql.engine().queueAlone(sql::before, repository.registry(), repository.name());
    }

    @Override
    public boolean hasImages(Repository repository) {
        return sql.one("select 1 from manifest where repo_id = ? limit 1", row -> true, repository.id())
                .isPresent();
    }

    @Override
    public void delete(Repository repository, Instant now) {
        queueAlone(sql, repository);
        sql.update("delete from lifecycle_policy where repo_id = ?", repository.id());
        sql.changingAccess().update("update repository set deleted_at = ? where id = ?", now, repository.id());
    }

    @Override
    public void deleteKept(Repository repository, Instant now) {
        queueAlone(sql, repository);
        sql.update(
                "insert into history_policy (repo_id, id, document, evaluated_at)"
                        + " select repo_id, id, document, evaluated_at from lifecycle_policy where repo_id = ?",
                repository.id());
        delete(repository, now);
        sql.update("update repository set deleted_since = " + SqlGarbage.NOW + " where id = ?", repository.id());
    }

    @Override
    public List<Long> deleted(Duration keep, int limit) {
        var until = new SqlGarbage(sql).now().minus(keep);
        return sql.list(DELETED_LONG_AGO, row -> row.getLong(1), until, limit);
    }

    @Override
    public List<Deleted> deleted(RegistryId registry, RepositoryName name) {
        return sql.list(
                KEPT,
                row -> new Deleted(row.getLong(1), Columns.instant(row, 2), Columns.instant(row, 3)),
                registry.account(),
                registry.region(),
                name.value());
    }

    @Override
    public List<DeletedName> deleted(RegistryId registry, int limit) {
        return sql.list(
                KEPT_OF_REGISTRY,
                row -> new DeletedName(
                        new RepositoryName(row.getString(1)),
                        new Deleted(row.getLong(2), Columns.instant(row, 3), Columns.instant(row, 4))),
                registry.account(),
                registry.region(),
                limit);
    }

    @Override
    public Repository undelete(Deleted deleted, Instant policyDue) {
        sql.changingAccess()
                .update("update repository set deleted_at = null, deleted_since = null where id = ?", deleted.id());
        sql.update(
                "insert into lifecycle_policy (repo_id, id, document, evaluated_at, due_at)"
                        + " select repo_id, id, document, evaluated_at, ? from history_policy where repo_id = ?",
                policyDue,
                deleted.id());
        sql.update("delete from history_policy where repo_id = ?", deleted.id());
        return find(deleted.id()).orElseThrow();
    }

    @Override
    public List<Long> named(RegistryId registry, RepositoryName name) {
        return sql.list(NAMED, row -> row.getLong(1), registry.account(), registry.region(), name.value());
    }

    @Override
    public List<Long> deleted(int limit) {
        return sql.list(DELETED, row -> row.getLong(1), limit);
    }

    @Override
    public boolean purge(long id, int rows) {
        return new Purge(sql).run(id, rows);
    }

    @Override
    public List<ResourceTag> tags(Repository repository) {
        return tags(repository.id());
    }

    @Override
    public List<ResourceTag> tags(Deleted deleted) {
        return tags(deleted.id());
    }

    private List<ResourceTag> tags(long id) {
        return sql.list(
                "select name, value from resource_tag where repo_id = ? order by name",
                row -> new ResourceTag(row.getString(1), row.getString(2)),
                id);
    }

    @Override
    public void putTags(Repository repository, Collection<ResourceTag> tags) {
        for (var tag : tags) {
            sql.changingAccess()
                    .update(
                            "insert into resource_tag (repo_id, name, value) values (?, ?, ?)"
                                    + " on conflict (repo_id, name) do update set value = excluded.value",
                            repository.id(),
                            tag.key(),
                            tag.value());
        }
    }

    @Override
    public void removeTags(Repository repository, Collection<String> keys) {
        sql.changingAccess()
                .updateIn("delete from resource_tag where repo_id = ? and name in (*)", keys, repository.id());
    }

    private static Repository repository(RegistryId registry, ResultSet row) throws SQLException {
        return repository(registry, row, 0);
    }

    /// @param before how many other columns the row has before those of the repository
    static Repository repository(RegistryId registry, ResultSet row, int before) throws SQLException {
        return new Repository(
                row.getLong(before + 1),
                registry,
                new RepositoryName(row.getString(before + 2)),
                mutability(row.getString(before + 3), row.getString(before + 4)),
                row.getInt(before + 5) != 0,
                row.getLong(before + 6),
                Columns.instant(row, before + 7),
                Columns.keys(row, before + 8));
    }

    /// @param exclusions one pattern a line
    static TagMutability mutability(String mode, String exclusions) {
        return new TagMutability(
                TagMutability.Mode.valueOf(mode),
                exclusions.lines().map(TagMutability.Filter::new).toList());
    }

    /// One pattern a line.
    static String exclusions(TagMutability mutability) {
        return mutability.exclusions().stream()
                .map(TagMutability.Filter::pattern)
                .collect(Collectors.joining("\n"));
    }
}
