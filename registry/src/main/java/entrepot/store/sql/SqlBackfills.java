package entrepot.store.sql;

import entrepot.domain.AccountId;
import entrepot.domain.RegistryId;
import entrepot.domain.ReplicationRules;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.store.Backfills;
import entrepot.store.Replication.Change;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tables `replication_backfill` and `replication_backfill_image`.
record SqlBackfills(Sql sql) implements Backfills {

    private static final String COLUMNS = "b.id, b.uuid, r.account, r.region, b.account, b.region, b.rules, b.status,"
            + " b.failure, b.total, b.after_repo, b.after_image, b.started_at, b.ended_at";

    private static final String SELECT =
            "select " + COLUMNS + " from replication_backfill b cross join registry r where r.id = b.registry";

    private static final String REGISTRY = "(select id from registry where account = ? and region = ?)";

    private static final String OF_REGISTRY = " and b.registry = " + REGISTRY;

    static final String PAGE = SELECT + OF_REGISTRY + " and b.id < ? order by b.id desc limit ?";

    static final String RUNNING = SELECT + " and b.ended_at is null order by b.registry, b.region";

    private static final String IMAGES = " from replication_backfill_image where backfill_id = ?";

    static final String ENTRIES = "select id, repo, digest, tag, status, failure, parts" + IMAGES
            + " and id > ? and status is not null order by id limit ?";

    static final String ENTRIES_OF = "select id, repo, digest, tag, status, failure, parts" + IMAGES
            + " and id > ? and status = ? order by id limit ?";

    private static final String WAITING = "select id" + IMAGES + " and status is null order by id limit ?";

    @Override
    public Optional<Backfill> start(
            String uuid, RegistryId registry, RegistryId destination, ReplicationRules rules, Instant now) {
        SqlRepositories.makeRegistry(sql, registry);
        var id = sql.returning(
                "insert into replication_backfill (uuid, registry, account, region, rules, status, after_repo,"
                        + " after_image, total, started_at) values (?, " + REGISTRY
                        + ", ?, ?, ?, 'PREPARING', '', 0, -1, ?) on conflict do nothing returning id",
                row -> row.getLong(1),
                uuid,
                registry.account(),
                registry.region(),
                destination.account(),
                destination.region(),
                rules.text(),
                now);
        return id.flatMap(this::find);
    }

    @Override
    public Optional<Backfill> find(RegistryId registry, String uuid) {
        return sql.one(
                SELECT + OF_REGISTRY + " and b.uuid = ?",
                SqlBackfills::backfill,
                registry.account(),
                registry.region(),
                uuid);
    }

    @Override
    public Optional<Backfill> find(long id) {
        return sql.one(SELECT + " and b.id = ?", SqlBackfills::backfill, id);
    }

    @Override
    public List<Backfill> running(RegistryId registry) {
        return sql.list(
                SELECT + OF_REGISTRY + " and b.ended_at is null",
                SqlBackfills::backfill,
                registry.account(),
                registry.region());
    }

    @Override
    public List<Backfill> page(RegistryId registry, @Nullable Long before, int limit) {
        return sql.list(
                PAGE,
                SqlBackfills::backfill,
                registry.account(),
                registry.region(),
                before == null ? Long.MAX_VALUE : before,
                limit);
    }

    @Override
    public List<Backfill> running() {
        return sql.list(RUNNING, SqlBackfills::backfill).stream()
                .sorted(Comparator.comparingLong(Backfill::id))
                .toList();
    }

    private static Backfill backfill(ResultSet row) throws SQLException {
        return new Backfill(
                row.getLong(1),
                row.getString(2),
                new RegistryId(new AccountId(row.getString(3)), row.getString(4)),
                new RegistryId(new AccountId(row.getString(5)), row.getString(6)),
                ReplicationRules.parse(row.getString(7)),
                Status.valueOf(row.getString(8)),
                row.getString(9),
                row.getLong(10),
                row.getString(11),
                row.getLong(12),
                Columns.instant(row, 13),
                Columns.optionalInstant(row, 14));
    }

    @Override
    public void advance(Backfill backfill, String afterRepository, long afterImage) {
        sql.update(
                "update replication_backfill set after_repo = ?, after_image = ? where id = ?",
                afterRepository,
                afterImage,
                backfill.id());
    }

    @Override
    public void add(Backfill backfill, Change change, boolean isList) {
        sql.update(
                "insert into replication_backfill_image (backfill_id, id, repo, digest, tag, parts)"
                        + " values (?, ?, ?, ?, ?, ?)",
                backfill.id(),
                change.id(),
                change.repository().repository().value(),
                change.digest(),
                change.tags().isEmpty() ? null : change.tags().getFirst().name(),
                isList ? "" : null);
    }

    @Override
    public void prepared(Backfill backfill) {
        sql.update(
                "update replication_backfill set status = 'IN_PROGRESS', total = (select count(*)"
                        + " from replication_backfill_image i where i.backfill_id = replication_backfill.id) where id = ?",
                backfill.id());
    }

    @Override
    public void stop(Backfill backfill) {
        sql.update("update replication_backfill set status = 'STOPPING' where id = ?", backfill.id());
    }

    @Override
    public void end(Backfill backfill, Status status, @Nullable String failure, Instant now) {
        sql.update(
                "update replication_backfill set status = ?, failure = ?, ended_at = ? where id = ?",
                status.name(),
                failure,
                now,
                backfill.id());
    }

    @Override
    public void result(Change change, @Nullable String failure, Collection<String> partFailures) {
        sql.later(
                "update replication_backfill_image set status = ?, failure = ?,"
                        + " parts = case when parts is null then null else ? end where backfill_id = ? and id = ?",
                (failure == null ? Status.COMPLETE : Status.FAILED).name(),
                failure,
                String.join("\n", partFailures),
                change.backfill(),
                change.id());
    }

    @Override
    public int drop(Backfill backfill, int limit) {
        var ids = sql.list(WAITING, row -> row.getLong(1), backfill.id(), limit);
        sql.updateIn("delete from replication_waiting where change_id in (*)", ids);
        sql.updateIn("delete from replication_change where id in (*)", ids);
        sql.updateIn("delete from replication_backfill_image where backfill_id = ? and id in (*)", ids, backfill.id());
        return ids.size();
    }

    @Override
    public boolean isDone(Backfill backfill) {
        return sql.list(WAITING, row -> row.getLong(1), backfill.id(), 1).isEmpty();
    }

    @Override
    public Counts counts(Backfill backfill) {
        return new Counts(
                count(backfill, Status.COMPLETE),
                count(backfill, Status.FAILED),
                sql.list(
                        "select distinct failure" + IMAGES + " and failure is not null order by failure",
                        row -> row.getString(1),
                        backfill.id()));
    }

    private long count(Backfill backfill, Status status) {
        return sql.one(
                        "select count(*)" + IMAGES + " and status = ?",
                        row -> row.getLong(1),
                        backfill.id(),
                        status.name())
                .orElse(0L);
    }

    @Override
    public List<Entry> entries(Backfill backfill, @Nullable Status which, long after, int limit) {
        return which == null
                ? sql.list(ENTRIES, SqlBackfills::entry, backfill.id(), after, limit)
                : sql.list(ENTRIES_OF, SqlBackfills::entry, backfill.id(), after, which.name(), limit);
    }

    private static Entry entry(ResultSet row) throws SQLException {
        var tag = row.getString(4);
        var parts = row.getString(7);
        return new Entry(
                row.getLong(1),
                new RepositoryName(row.getString(2)),
                Columns.digest(row, 3),
                tag == null ? null : new Tag(tag),
                Status.valueOf(row.getString(5)),
                row.getString(6),
                parts == null ? null : parts.lines().toList());
    }

    @Override
    public void forget(Instant endedBefore) {
        sql.later("delete from replication_backfill where ended_at < ?", endedBefore);
    }
}
