package entrepot.store.sql;

import static java.util.Objects.requireNonNullElse;

import entrepot.domain.BlobKey;
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
            + " has_small_part, broke_off, completed_as, touched_at, data_keys, progress, progress_before, sha256,"
            + " turn, blob_key";

    /// What came of it may be less than was seen, where bytes were lost, so that is not asked.
    private static final String AS_SEEN =
            " where id = ? and touched_at = ? and parts = ? and coalesce(completed_as, '') = ?" + " and turn = ?";

    static final String UNTOUCHED =
            "select " + COLUMNS + " from upload where touched_at < ? order by touched_at limit ?";

    static final String OF_KEY = "select 1 from upload where blob_key is null and id = ? or blob_key = ?";

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
                "insert into upload (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
                text(upload.sha256()),
                upload.turn(),
                moved(upload));
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
                        + " broke_off = ?, completed_as = ?, touched_at = ?, progress = ?, progress_before = ?, sha256 = ?,"
                        + " turn = ?, blob_key = ?"
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
                next.turn(),
                moved(next),
                seen.id().value(),
                seen.touchedAt(),
                seen.parts(),
                completedAs(seen),
                seen.turn());
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
                        completedAs(seen),
                        seen.turn())
                > 0;
    }

    /// Where the bytes lie, if not where the first ones were to.
    private static @Nullable String moved(LayerUpload upload) {
        return upload.blob().equals(upload.id().blobKey())
                ? null
                : upload.blob().value();
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
    public boolean isOf(BlobKey key) {
        return sql.one(OF_KEY, row -> true, key.value(), key.value()).isPresent();
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
                Columns.keys(row, 11),
                row.getLong(15),
                new BlobKey(requireNonNullElse(row.getString(16), row.getString(1))));
    }

    private static @Nullable Digest digest(@Nullable String text) {
        return text == null ? null : Digest.parse(text);
    }

    private static @Nullable String text(@Nullable Digest digest) {
        return digest == null ? null : digest.toString();
    }
}
