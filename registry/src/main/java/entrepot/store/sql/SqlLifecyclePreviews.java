package entrepot.store.sql;

import entrepot.domain.Digest;
import entrepot.domain.ImageAction;
import entrepot.domain.Repository;
import entrepot.domain.StorageClass;
import entrepot.domain.Tag;
import entrepot.store.LifecyclePreviews;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Tables `lifecycle_preview` and `lifecycle_preview_image`.
record SqlLifecyclePreviews(Sql sql) implements LifecyclePreviews {

    private static final String COLUMNS = "id, repo_id, document, state, started_at, expiring, transitioning";
    private static final String SELECT = "select " + COLUMNS + " from lifecycle_preview where ";
    private static final String RESULT =
            "select place, digest, tags, pushed_at, storage_class, action, rule from lifecycle_preview_image"
                    + " where preview_id = ?";

    static final String NEWEST = SELECT + "repo_id = ? order by id desc limit 1";

    /// As text, since an index for a part of the rows is found by its condition as it is written.
    static final String OPEN = SELECT + "state = 'IN_PROGRESS' order by id limit ?";

    static final String REPLACED = SELECT + "state = 'REPLACED' order by id limit ?";
    static final String COMPLETE = SELECT + "state = 'COMPLETE' and started_at < ? order by started_at limit ?";

    static final String AFTER = RESULT + " and place > ?";
    static final String TAGGED = " and is_tagged = 1";
    static final String UNTAGGED = " and is_tagged = 0";
    static final String IN_ORDER = " order by place limit ?";
    static final String RESULT_OF = RESULT + " and digest = ?";

    @Override
    public Optional<Preview> find(Repository repository) {
        return sql.one(NEWEST, SqlLifecyclePreviews::preview, repository.id());
    }

    @Override
    public Preview start(Repository repository, String document, Instant now) {
        sql.update("update lifecycle_preview set state = 'REPLACED' where repo_id = ?", repository.id());
        return sql.returning(
                        "insert into lifecycle_preview"
                                + " (repo_id, document, state, started_at, claimed_until, expiring, transitioning)"
                                + " values (?, ?, 'IN_PROGRESS', ?, 0, 0, 0) returning " + COLUMNS,
                        SqlLifecyclePreviews::preview,
                        repository.id(),
                        document,
                        now)
                .orElseThrow();
    }

    @Override
    public List<Preview> in(State state, int limit) {
        return switch (state) {
            case IN_PROGRESS -> sql.list(OPEN, SqlLifecyclePreviews::preview, limit);
            case REPLACED -> sql.list(REPLACED, SqlLifecyclePreviews::preview, limit);
            case COMPLETE, FAILED, EXPIRED -> throw new IllegalArgumentException("no index finds " + state);
        };
    }

    @Override
    public List<Preview> completeBefore(Instant time, int limit) {
        return sql.list(COMPLETE, SqlLifecyclePreviews::preview, time, limit);
    }

    @Override
    public boolean claim(Preview preview, Instant now, Instant until) {
        return sql.update(
                        "update lifecycle_preview set claimed_until = ? where id = ? and state = 'IN_PROGRESS'"
                                + " and (claimed_until < ? or claimed_until > ?)",
                        until,
                        preview.id(),
                        now,
                        until)
                == 1;
    }

    @Override
    public void keep(Preview preview, Instant until) {
        sql.update("update lifecycle_preview set claimed_until = ? where id = ?", until, preview.id());
    }

    @Override
    public void add(Preview preview, int after, List<Result> results) {
        int place = after;
        for (var result : results) {
            place++;
            sql.later(
                    "insert into lifecycle_preview_image (preview_id, place, repo_id, digest, tags, is_tagged, pushed_at,"
                            + " storage_class, action, rule) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    preview.id(),
                    place,
                    preview.repository(),
                    result.digest(),
                    result.tags().stream().map(Tag::name).collect(Collectors.joining(" ")),
                    !result.tags().isEmpty(),
                    result.pushedAt(),
                    result.storageClass().name(),
                    result.action().name(),
                    result.rule());
        }
    }

    @Override
    public boolean complete(Preview preview, Totals totals) {
        return sql.update(
                        "update lifecycle_preview set state = 'COMPLETE', expiring = ?, transitioning = ?"
                                + " where id = ? and state = 'IN_PROGRESS'",
                        totals.expiring(),
                        totals.transitioning(),
                        preview.id())
                == 1;
    }

    @Override
    public void set(Preview preview, State state) {
        sql.update("update lifecycle_preview set state = ? where id = ?", state.name(), preview.id());
    }

    @Override
    public boolean removeResults(Preview preview, int limit) {
        return sql.update(
                        "delete from lifecycle_preview_image where (preview_id, place) in"
                                + " (select preview_id, place from lifecycle_preview_image where preview_id = ? limit ?)",
                        preview.id(),
                        limit)
                == limit;
    }

    @Override
    public void remove(Preview preview) {
        sql.update("delete from lifecycle_preview where id = ?", preview.id());
    }

    @Override
    public List<Placed> results(Preview preview, int after, @Nullable Boolean tagged, int limit) {
        var filter = tagged == null ? "" : tagged ? TAGGED : UNTAGGED;
        return sql.list(AFTER + filter + IN_ORDER, SqlLifecyclePreviews::placed, preview.id(), after, limit);
    }

    @Override
    public Optional<Result> result(Preview preview, Digest digest) {
        return sql.one(RESULT_OF, SqlLifecyclePreviews::placed, preview.id(), digest)
                .map(Placed::result);
    }

    private static Preview preview(ResultSet row) throws SQLException {
        return new Preview(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                State.valueOf(row.getString(4)),
                Columns.instant(row, 5),
                new Totals(row.getInt(6), row.getInt(7)));
    }

    private static Placed placed(ResultSet row) throws SQLException {
        var rule = row.getInt(7);
        return new Placed(
                row.getInt(1),
                new Result(
                        Columns.digest(row, 2),
                        tags(row.getString(3)),
                        Columns.instant(row, 4),
                        StorageClass.valueOf(row.getString(5)),
                        ImageAction.valueOf(row.getString(6)),
                        rule == 0 ? null : rule));
    }

    private static List<Tag> tags(String joined) {
        return joined.isEmpty()
                ? List.of()
                : Stream.of(joined.split(" ")).map(Tag::new).toList();
    }
}
