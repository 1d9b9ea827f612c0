package entrepot.store.sql;

import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import entrepot.domain.Reference;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.store.Images.Found;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// Finds an image from the name of its repository on, in one statement. As in [SqlPush], the joins say from which table
/// to start.
///
/// @param longest manifests of more bytes are left out
record SqlFound(Sql sql, RegistryId registry, int longest) {

    private static final String SELECT = "select " + Columns.of("m", ManifestRow.COLUMNS) + ", "
            + Columns.of("r", SqlRepositories.COLUMNS)
            + ", case when m.size <= ? and r.data_keys is null then c.bytes end from repository r";

    private static final String WHERE = " where r.registry = (select id from registry where account = ? and region = ?)"
            + " and r.deleted_at is null and r.name = ? and c.manifest_id = m.id";

    static final String BY_TAG = SELECT + " cross join tag t cross join manifest m cross join manifest_content c"
            + WHERE + " and m.id = t.manifest_id and t.repo_id = r.id and t.name = ?";

    static final String BY_DIGEST = SELECT + " cross join manifest m cross join manifest_content c" + WHERE
            + " and m.repo_id = r.id and m.digest = ?";

    Optional<Found> of(RepositoryName name, Reference reference) {
        return switch (reference) {
            case Tag tag -> one(BY_TAG, name, tag.name());
            case Digest digest -> one(BY_DIGEST, name, digest);
        };
    }

    private Optional<Found> one(String text, RepositoryName name, Object reference) {
        return sql.one(text, this::found, longest, registry.account(), registry.region(), name.value(), reference);
    }

    private Found found(ResultSet row) throws SQLException {
        var bytes = row.getBytes(ManifestRow.WIDTH + SqlRepositories.WIDTH + 1);
        return new Found(
                SqlRepositories.repository(registry, row, ManifestRow.WIDTH),
                ManifestRow.image(row),
                bytes == null ? null : new ManifestBytes(bytes));
    }
}
