package entrepot.store.sql;

import static java.util.Objects.requireNonNullElse;

import entrepot.domain.Digest;
import entrepot.domain.LayerUpload;
import entrepot.domain.Progress;
import entrepot.domain.UploadId;
import entrepot.store.Uploads;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Table `upload`.
record SqlUploads(Sql sql) implements Uploads {

    private static final String COLUMNS = "id, repo_id, principal, received, parts, last_part_first_byte,"
            + " has_small_part, broke_off, completed_as, touched_at, data_keys, progress, progress_before, sha256";

    /// What came of it may be less than was seen, where bytes were lost, so that is not asked.
    private static final String AS_SEEN =
            " where id = ? and touched_at = ? and parts = ? and coalesce(completed_as, '') = ?";

    static final String UNTOUCHED =
            "select " + COLUMNS + " from upload where touched_at < ? order by touched_at limit ?";

    static final String COUNT_OPEN = "select count(*) from (select 1 from upload where principal = ?"
            + " and completed_as is null limit ?) as counted";

    static final String COUNT_ALL_OPEN =
            "select count(*) from (select 1 from upload where completed_as is null limit ?) as counted";

    static final String OPEN_BYTES =
            "select coalesce(sum(received), 0) from upload where principal = ? and completed_as is null";

    static final String FORGET_PARTS = "delete from upload_part where upload_id = ? and last_byte >= ?";

    @Override
    public void create(LayerUpload upload) {
        sql.later(
                "insert into upload (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                upload.id().value(),
                upload.repositoryId(),
                upload.principal(),
                upload.received(),
                upload.parts(),
                upload.lastPartFirstByte(),
                upload.hasSmallPart(),
                upload.brokeOff(),
                text(upload.completedAs()),
                upload.touchedAt(),
                Columns.text(upload.keys()),
                upload.progress().state(),
                upload.before().state(),
                text(upload.sha256()));
    }

    @Override
    public Optional<LayerUpload> find(UploadId id) {
        return sql.one(
                "select " + COLUMNS + " from upload where id = ?"
                        + " and repo_id in (select id from repository where deleted_at is null)",
                SqlUploads::upload,
                id.value());
    }

    @Override
    public boolean advance(LayerUpload seen, LayerUpload next) {
        var rows = sql.update(
                "update upload set received = ?, parts = ?, last_part_first_byte = ?, has_small_part = ?,"
                        + " broke_off = ?, completed_as = ?, touched_at = ?, progress = ?, progress_before = ?, sha256 = ?"
                        + AS_SEEN,
                next.received(),
                next.parts(),
                next.lastPartFirstByte(),
                next.hasSmallPart(),
                next.brokeOff(),
                text(next.completedAs()),
                next.touchedAt(),
                next.progress().state(),
                next.before().state(),
                text(next.sha256()),
                seen.id().value(),
                seen.touchedAt(),
                seen.parts(),
                completedAs(seen));
        if (rows > 0 && next.completedAs() != null) {
            sql.later(FORGET_PARTS, next.id().value(), 0);
        }
        return rows > 0;
    }

    @Override
    public void delete(UploadId id) {
        sql.update("delete from upload where id = ?", id.value());
    }

    @Override
    public boolean delete(LayerUpload seen) {
        return sql.update(
                        "delete from upload" + AS_SEEN,
                        seen.id().value(),
                        seen.touchedAt(),
                        seen.parts(),
                        completedAs(seen))
                > 0;
    }

    private static String completedAs(LayerUpload seen) {
        return requireNonNullElse(text(seen.completedAs()), "");
    }

    @Override
    public void add(UploadId id, Part part) {
        sql.later(FORGET_PARTS, id.value(), part.firstByte());
        sql.later(
                "insert into upload_part (upload_id, last_byte, first_byte, digest) values (?, ?, ?, ?)",
                id.value(),
                part.lastByte(),
                part.firstByte(),
                part.digest());
    }

    @Override
    public Optional<Part> part(UploadId id, long lastByte) {
        return sql.one(
                "select first_byte, last_byte, digest from upload_part where upload_id = ? and last_byte = ?",
                row -> new Part(row.getLong(1), row.getLong(2), Columns.digest(row, 3)),
                id.value(),
                lastByte);
    }

    @Override
    public int countOpen(String principal, int atMost) {
        return sql.one(COUNT_OPEN, row -> row.getInt(1), principal, atMost).orElse(0);
    }

    @Override
    public int countOpen(int atMost) {
        return sql.one(COUNT_ALL_OPEN, row -> row.getInt(1), atMost).orElse(0);
    }

    @Override
    public long openBytes(String principal) {
        return sql.one(OPEN_BYTES, row -> row.getLong(1), principal).orElseThrow();
    }

    @Override
    public List<LayerUpload> untouchedSince(Instant before, int limit) {
        return sql.list(UNTOUCHED, SqlUploads::upload, before, limit);
    }

    private static LayerUpload upload(ResultSet row) throws SQLException {
        return new LayerUpload(
                new UploadId(row.getString(1)),
                row.getLong(2),
                row.getString(3),
                new Progress(row.getLong(4), row.getString(12)),
                row.getInt(5),
                new Progress(row.getLong(6), row.getString(13)),
                row.getInt(7) != 0,
                row.getInt(8) != 0,
                digest(row.getString(14)),
                digest(row.getString(9)),
                Columns.instant(row, 10),
                Columns.keys(row, 11));
    }

    private static @Nullable Digest digest(@Nullable String text) {
        return text == null ? null : Digest.parse(text);
    }

    private static @Nullable String text(@Nullable Digest digest) {
        return digest == null ? null : digest.toString();
    }
}
