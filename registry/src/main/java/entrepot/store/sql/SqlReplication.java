package entrepot.store.sql;

import static java.util.stream.Collectors.joining;

import entrepot.domain.Digest;
import entrepot.domain.ImageChange;
import entrepot.domain.ImageChange.Kind;
import entrepot.domain.RegistryId;
import entrepot.domain.ReplicationRules;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryArn;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.store.Events.Line;
import entrepot.store.Replication;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tables `replication_configuration`, `replication_change` and `replication_result`; the lines are in
/// [SqlReplicationLines].
record SqlReplication(Sql sql) implements Replication {

    static final String CHANGE = "c.id, c.repo, c.kind, c.digest, c.tags, c.backfill";

    private static final String WITH_RULES = "select " + CHANGE
            + ", r.rules from replication_change c cross join replication_configuration r where r.id = c.configuration";

    static final String FRESH = WITH_RULES + " and c.is_new = 1 order by c.id limit ?";

    static final String FRESH_OF = WITH_RULES + " and c.repo = ? and c.digest = ? and c.is_new = 1 order by c.id";

    private static final String REGISTRY = "(select id from registry where account = ? and region = ?)";

    private static final String OF_REGISTRY = " where is_current = 1 and registry = " + REGISTRY;

    private static final String UPLOAD = " where destination = ? and repo = ? and digest = ?";

    private static final String ADD =
            "insert into replication_change (configuration, repo, kind, digest, tags, at, is_new)"
                    + " select id, ?, ?, ?, ?, cast(? as bigint), 1 from replication_configuration"
                    + " where is_current = 1 and registry = (select registry from repository where id = ?)";

    private static final String ADD_OLD =
            "insert into replication_change (configuration, repo, kind, digest, tags, at, is_new, backfill)"
                    + " values (0, ?, 'TAG', ?, ?, ?, 0, ?) returning id, repo, kind, digest, tags, backfill";

    @Override
    public ReplicationRules rules(RegistryId registry) {
        return sql.one(
                        "select rules from replication_configuration" + OF_REGISTRY,
                        row -> ReplicationRules.parse(row.getString(1)),
                        registry.account(),
                        registry.region())
                .orElse(ReplicationRules.NONE);
    }

    @Override
    public void putRules(RegistryId registry, ReplicationRules rules, Instant now) {
        SqlRepositories.makeRegistry(sql, registry);
        sql.update(
                "update replication_configuration set is_current = 0, replaced_at = ?" + OF_REGISTRY,
                now,
                registry.account(),
                registry.region());
        if (!rules.rules().isEmpty()) {
            sql.update(
                    "insert into replication_configuration (registry, rules, is_current) values (" + REGISTRY
                            + ", ?, 1)",
                    registry.account(),
                    registry.region(),
                    rules.text());
        }
    }

    @Override
    public void forgetRules(Instant replacedBefore) {
        sql.later(
                "delete from replication_configuration where is_current = 0 and replaced_at < ? and not exists"
                        + " (select 1 from replication_change c where c.is_new = 1"
                        + " and c.configuration = replication_configuration.id)",
                replacedBefore);
    }

    @Override
    public void add(ImageChange change) {
        sql.later(
                ADD,
                change.repository().arn().value(),
                change.kind().name(),
                change.image().digest(),
                change.tags().stream().map(Tag::name).collect(joining("\n")),
                change.at(),
                change.repository().id());
    }

    @Override
    public Change add(long backfill, Repository repository, StoredImage image, @Nullable Tag tag, Instant now) {
        return sql.returning(
                        ADD_OLD,
                        SqlReplication::change,
                        repository.arn().value(),
                        image.digest(),
                        tag == null ? "" : tag.name(),
                        now,
                        backfill)
                .orElseThrow();
    }

    @Override
    public List<Fresh> fresh(int limit) {
        return sql.list(FRESH, SqlReplication::fresh, limit);
    }

    @Override
    public List<Fresh> freshOf(Repository repository, Digest digest) {
        return sql.list(FRESH_OF, SqlReplication::fresh, repository.arn().value(), digest);
    }

    private static Fresh fresh(ResultSet row) throws SQLException {
        return new Fresh(change(row), ReplicationRules.parse(row.getString(7)));
    }

    static Change change(ResultSet row) throws SQLException {
        var backfill = row.getObject(6) == null ? null : (Long) row.getLong(6);
        return new Change(
                row.getLong(1),
                RepositoryArn.parse(row.getString(2)).orElseThrow(),
                Kind.valueOf(row.getString(3)),
                Columns.digest(row, 4),
                row.getString(5).lines().map(Tag::new).toList(),
                backfill);
    }

    @Override
    public void put(StoredImage image, Result result, Instant now) {
        sql.later(
                "insert into replication_result (manifest_id, destination, failure, at)"
                        + " select id, ?, ?, cast(? as bigint) from manifest where id = ?"
                        + " on conflict (manifest_id, destination)"
                        + " do update set failure = excluded.failure, at = excluded.at",
                result.destination(),
                result.failure(),
                now,
                image.id());
    }

    @Override
    public List<Result> results(StoredImage image) {
        return sql.list(
                "select destination, failure from replication_result where manifest_id = ? order by destination",
                row -> new Result(row.getString(1), row.getString(2)),
                image.id());
    }

    @Override
    public Set<String> waitingFor(Repository repository, Digest digest) {
        return new HashSet<>(sql.list(
                SqlReplicationLines.WAITING_FOR,
                row -> row.getString(1),
                repository.arn().value(),
                digest));
    }

    @Override
    public void queue(RegistryId destination, Collection<Long> ids, Instant now) {
        new SqlReplicationLines(sql).queue(destination, ids, now);
    }

    @Override
    public void queued(Collection<Long> ids) {
        new SqlReplicationLines(sql).queued(ids);
    }

    @Override
    public List<String> destinations() {
        return new SqlReplicationLines(sql).destinations();
    }

    @Override
    public List<Line> due(String destination, Instant now, Instant latest, int limit) {
        return new SqlReplicationLines(sql).due(destination, now, latest, limit);
    }

    @Override
    public List<Waiting> waiting(Line line, int limit) {
        return new SqlReplicationLines(sql).waiting(line, limit);
    }

    @Override
    public void done(Line line, Change change, Instant now) {
        new SqlReplicationLines(sql).done(line, change, now);
    }

    @Override
    public void failed(Line line, String error, Instant due) {
        new SqlReplicationLines(sql).failed(line, error, due);
    }

    @Override
    public void dissolve(Line line) {
        new SqlReplicationLines(sql).dissolve(line);
    }

    @Override
    public Optional<String> upload(String destination, RepositoryArn repository, Digest layer) {
        return sql.one(
                "select location from replication_upload" + UPLOAD,
                row -> row.getString(1),
                destination,
                arn(repository),
                layer);
    }

    @Override
    public void putUpload(String destination, RepositoryArn repository, Digest layer, String location, Instant now) {
        sql.later(
                "insert into replication_upload (destination, repo, digest, location, at) values (?, ?, ?, ?, ?)"
                        + " on conflict (destination, repo, digest)"
                        + " do update set location = excluded.location, at = excluded.at",
                destination,
                arn(repository),
                layer,
                location,
                now);
    }

    @Override
    public void forgetUpload(String destination, RepositoryArn repository, Digest layer) {
        sql.later("delete from replication_upload" + UPLOAD, destination, arn(repository), layer);
    }

    @Override
    public void forgetUploads(Instant before) {
        sql.later("delete from replication_upload where at < ?", before);
    }

    private static String arn(RepositoryArn repository) {
        return repository.registry().repository(repository.repository()).value();
    }

    @Override
    public Map<String, Amount> amounts() {
        return new SqlReplicationLines(sql).amounts();
    }

    @Override
    public Optional<Amount> freshAmount() {
        return sql.one(
                        "select count(*), min(at) from replication_change where is_new = 1",
                        row -> new Amount(row.getLong(1), Columns.optionalInstant(row, 2), null))
                .filter(amount -> amount.changes() > 0);
    }
}
