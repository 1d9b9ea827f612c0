package entrepot.store.sql;

import entrepot.domain.Digest;
import entrepot.domain.ImageChange;
import entrepot.domain.ImageChange.Kind;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.store.History;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tables `history_event`, `history_image` and those that belong to it.
record SqlHistory(Sql sql, int counterSlot) implements History {

    private static final String TELL =
            "insert into history_event (repo_id, at, kind, tag, digest, principal, was, was_since, since)"
                    + " values (?, ?, ?, ?, ?, ?, ";

    private static final String TELL_ALL = TELL + "null, null, " + SqlGarbage.NOW + ")";

    /// With what the tag points at until now.
    private static final String TELL_TAG = TELL + "(select digest from tag where repo_id = ? and name = ?),"
            + " (select pushed_at from tag where repo_id = ? and name = ?), " + SqlGarbage.NOW + ")";

    private static final String EVENT = "select id, at, kind, tag, digest, principal from history_event where ";

    private static final String GONE = "select " + SqlKeptImages.GONE + " from history_image where repo_id = ? and ";

    static final String BY_DIGEST = GONE + "digest = ? order by repo_id, digest, deleted_at desc, id desc";

    static final String GONE_PAGE = GONE + "(deleted_at, id) < (?, ?) order by deleted_at desc, id desc limit ?";

    static final String ABOUT = GONE + "subject = ?";

    static final String OLD = "select id from history_event where since <= ? order by since limit ?";

    static final String POINTED_AT = "select was from history_event where repo_id = ? and tag = ? and at > ?"
            + " and was_since <= ? order by repo_id, tag, at, id limit 1";

    static final String WENT_WITH = "select tag from history_event where repo_id = ? and was = ? and at = ?"
            + " and kind in ('DELETE', 'EXPIRE') order by was_since, tag desc";

    static final String HAD = "select tag, max(was_since) from history_event where repo_id = ? and was = ? and at > ?"
            + " and was_since <= ? group by tag order by 2, 1 desc";

    @Override
    public void tell(ImageChange change) {
        change.tags().forEach(tag -> tell(change, tag));
        if (change.tags().isEmpty()) {
            tell(change.repository(), change.kind(), change.image().digest(), change.principal(), change.at());
        }
        if (change.kind() == Kind.DELETE || change.kind() == Kind.EXPIRE) {
            new SqlKeptImages(sql).keep(change.image(), change.at());
        }
    }

    private void tell(ImageChange change, Tag tag) {
        var repository = change.repository().id();
        sql.later(
                TELL_TAG,
                repository,
                change.at(),
                change.kind().name(),
                tag.name(),
                change.image().digest(),
                change.principal(),
                repository,
                tag.name(),
                repository,
                tag.name());
    }

    @Override
    public void tell(Repository repository, Kind kind, String principal, Instant at) {
        tell(repository, kind, null, principal, at);
    }

    private void tell(Repository repository, Kind kind, @Nullable Digest digest, String principal, Instant at) {
        sql.later(TELL_ALL, repository.id(), at, kind.name(), null, digest, principal);
    }

    @Override
    public List<Event> events(long repository, @Nullable Tag tag, @Nullable Event after, int limit) {
        var at = after == null ? Instant.EPOCH : after.at();
        var id = after == null ? 0 : after.id();
        return tag == null
                ? sql.list(page(sql.engine()), SqlHistory::event, repository, at, id, limit)
                : sql.list(pageOfTag(sql.engine()), SqlHistory::event, repository, tag.name(), at, id, limit);
    }

    static String page(Engine engine) {
        return EVENT + "repo_id = ? and (at, id) > (?, ?) order by repo_id, at, id limit ?";
    }

    static String pageOfTag(Engine engine) {
        return EVENT + "repo_id = ? and tag = ? and (at, id) > (?, ?) order by repo_id, tag, at, id limit ?";
    }

    @Override
    public Optional<Digest> pointedAt(Repository repository, Tag tag, Instant at) {
        return sql.one(
                        "select digest from tag where repo_id = ? and name = ? and pushed_at <= ?",
                        row -> Columns.digest(row, 1),
                        repository.id(),
                        tag.name(),
                        at)
                .or(() -> sql.one(POINTED_AT, row -> Columns.digest(row, 1), repository.id(), tag.name(), at, at));
    }

    @Override
    public List<Gone> gone(Repository repository, @Nullable Gone before, int limit) {
        return before == null
                ? sql.list(GONE_PAGE, SqlKeptImages::gone, repository.id(), Long.MAX_VALUE, Long.MAX_VALUE, limit)
                : sql.list(
                        GONE_PAGE,
                        SqlKeptImages::gone,
                        repository.id(),
                        before.deletedAt(),
                        before.image().id(),
                        limit);
    }

    @Override
    public List<Gone> images(Repository repository, Digest digest) {
        return sql.list(BY_DIGEST, SqlKeptImages::gone, repository.id(), digest);
    }

    @Override
    public List<Gone> about(Repository repository, Digest subject) {
        return sql.list(ABOUT, SqlKeptImages::gone, repository.id(), subject);
    }

    @Override
    public List<Name> names(Gone image) {
        return sql.list(
                "select digest, is_absent, media_type from history_name where manifest_id = ? order by digest",
                row -> new Name(Columns.digest(row, 1), row.getInt(2) != 0, row.getString(3) != null),
                image.image().id());
    }

    @Override
    public List<Tag> tagsOf(Repository repository, Gone image) {
        return sql.list(
                WENT_WITH,
                row -> new Tag(row.getString(1)),
                repository.id(),
                image.image().digest(),
                image.deletedAt());
    }

    @Override
    public List<Tag> tagsOf(Repository repository, Gone image, Instant at) {
        return sql.list(
                HAD,
                row -> new Tag(row.getString(1)),
                repository.id(),
                image.image().digest(),
                at,
                at);
    }

    @Override
    public StoredImage restore(Repository repository, Gone image, Instant now) {
        return new SqlRestore(sql, repository, image.image()).run(now, counterSlot);
    }

    @Override
    public boolean isOlder(Duration keep) {
        var until = new SqlGarbage(sql).now().minus(keep);
        return !sql.list(OLD, row -> true, until, 1).isEmpty()
                || !sql.list(SqlKeptImages.DUE, row -> true, until, 1).isEmpty();
    }

    @Override
    public boolean drop(Duration keep, int rows) {
        var until = new SqlGarbage(sql).now().minus(keep);
        var images = new SqlKeptImages(sql).dropUntil(until, rows);
        var events = sql.update("delete from history_event where id in (" + OLD + ")", until, rows);
        return images == rows || events == rows;
    }

    private static Event event(ResultSet row) throws SQLException {
        var tag = row.getString(4);
        return new Event(
                row.getLong(1),
                Columns.instant(row, 2),
                Kind.valueOf(row.getString(3)),
                tag == null ? null : new Tag(tag),
                Columns.optionalDigest(row, 5),
                row.getString(6));
    }
}
