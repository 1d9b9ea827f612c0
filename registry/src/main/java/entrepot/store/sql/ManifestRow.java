package entrepot.store.sql;

import entrepot.domain.Archival;
import entrepot.domain.ImageStatus;
import entrepot.domain.MediaType;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// A row of `manifest`.
///
/// @param tags how many tags point at it
record ManifestRow(StoredImage image, int tags) {

    static final String COLUMNS =
            "id, digest, media_type, artifact_type, subject, size, image_size, pushed_at, tag_count, pulled_at,"
                    + " status, archived_at, activated_at";

    /// How many columns those are.
    static final int WIDTH = 13;

    private static final String TAGGED = "select " + COLUMNS
            + " from manifest where id = (select manifest_id from tag where repo_id = ? and name = ?)";

    static ManifestRow read(ResultSet row) throws SQLException {
        return new ManifestRow(image(row), row.getInt(9));
    }

    static StoredImage image(ResultSet row) throws SQLException {
        return new StoredImage(
                row.getLong(1),
                Columns.digest(row, 2),
                new MediaType(row.getString(3)),
                row.getString(4),
                Columns.optionalDigest(row, 5),
                row.getLong(6),
                row.getLong(7),
                Columns.instant(row, 8),
                Columns.optionalInstant(row, 10),
                archival(row));
    }

    private static Archival archival(ResultSet row) throws SQLException {
        return new Archival(
                ImageStatus.valueOf(row.getString(11)),
                Columns.optionalInstant(row, 12),
                Columns.optionalInstant(row, 13));
    }

    /// At most one.
    static List<StoredImage> tagged(Questions questions, long repository, Tag tag) {
        return questions.list(TAGGED, ManifestRow::image, repository, tag.name());
    }

    static Optional<StoredImage> tagged(Sql sql, long repository, Tag tag) {
        return sql.one(TAGGED, ManifestRow::image, repository, tag.name());
    }
}
