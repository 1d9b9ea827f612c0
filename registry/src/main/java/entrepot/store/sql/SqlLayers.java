package entrepot.store.sql;

import entrepot.domain.BlobKey;
import entrepot.domain.Digest;
import entrepot.domain.Encryption;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.StoredLayer;
import entrepot.domain.WrappedKeys;
import entrepot.store.Layers;
import entrepot.store.LostRaceException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tables `blob`, `repo_blob` and `blob_delete`.
record SqlLayers(Sql sql) implements Layers {

    static final String BLOB = "select id, digest, size, storage_key, data_keys, damage from blob";

    private static final String RETURNING = " returning id, digest, size, storage_key, data_keys, damage";

    /// Of a row `r` of `repo_blob`, whether an image of the repository names it. It asks for the first in an order, and
    /// not whether there is one: where images name few blobs many times, PostgreSQL takes a walk through all of the
    /// table for the quickest way to one, and goes to its end where no image does.
    static final String NAMED = "((select n.manifest_id from manifest_blob n"
            + " where n.repo_id = r.repo_id and n.blob_id = r.blob_id order by n.manifest_id limit 1) is not null)";

    /// Whether an image of the repository names it, and none that is active. Where nothing is archived that is one
    /// look.
    static final String ARCHIVED = " case when exists (select 1 from archived_image a where a.repo_id = r.repo_id)"
            + " and " + NAMED
            + " and (select n.manifest_id from manifest_blob n cross join manifest m where m.id = n.manifest_id"
            + " and n.repo_id = r.repo_id and n.blob_id = r.blob_id and m.status = 'ACTIVE'"
            + " order by n.manifest_id limit 1) is null then 1 else 0 end";

    private static final String SELECT =
            "select b.digest, b.size, r.media_type, b.storage_key, b.data_keys, b.damage," + ARCHIVED;

    /// How many columns those are.
    private static final int WIDTH = 7;

    static final String FIND_BY_NAME = SELECT
            + ", " + NAMED + ", "
            + Columns.of("p", SqlRepositories.COLUMNS)
            + " from repository p cross join blob b cross join repo_blob r"
            + " where p.registry = (select id from registry where account = ? and region = ?)"
            + " and p.deleted_at is null and p.name = ? and b.digest = ? and r.repo_id = p.id and r.blob_id = b.id";

    /// The cross join says from which table to start: a planner that guesses may walk all blobs of the repository.
    static final String FIND = SELECT + " from blob b cross join repo_blob r"
            + " where r.repo_id = ? and r.blob_id = b.id and b.digest in (*)";

    /// Whichever key its bytes are under.
    static final String REFERENCED = "select b.id from blob b where b.digest = ? and "
            + NAMED.replace("r.blob_id", "b.id").replace("r.repo_id", "?") + " limit 1";

    static final String DISCARDED =
            "select storage_key from blob_delete where not_before <= ? order by not_before limit ?";

    private static final String DISCARD =
            "insert into blob_delete (storage_key, not_before, size, after, written) values (?, ?";
    private static final String ANEW = " on conflict (storage_key) do update set not_before = excluded.not_before";

    /// What other registries have of the blob is not even read. Rows of a repository that is deleted are, until they
    /// are purged.
    static final String REPOSITORIES_WITH = "select r.name from repo_blob b cross join repository r"
            + " where b.blob_id = (select id from blob where digest = ? and encryption = ?)"
            + " and b.registry = (select id from registry where account = ? and region = ?)"
            + " and r.id = b.repo_id and r.deleted_at is null limit ?";

    @Override
    public Map<Digest, StoredLayer> find(Repository repository, Collection<Digest> digests) {
        var layers = new HashMap<Digest, StoredLayer>();
        sql.listIn(FIND, SqlLayers::layer, digests, repository.id())
                .forEach(layer -> layers.put(layer.digest(), layer));
        return layers;
    }

    @Override
    public Optional<Found> find(RegistryId registry, RepositoryName name, Digest digest) {
        return sql.one(
                FIND_BY_NAME,
                row -> new Found(
                        SqlRepositories.repository(registry, row, WIDTH + 1), layer(row), row.getBoolean(WIDTH + 1)),
                registry.account(),
                registry.region(),
                name.value(),
                digest);
    }

    @Override
    public Optional<Blob> blob(Digest digest, Encryption encryption) {
        return sql.one(BLOB + " where digest = ? and encryption = ?", SqlLayers::blob, digest, encryption.toString());
    }

    @Override
    public List<RepositoryName> repositoriesWith(RegistryId registry, Digest digest, Encryption encryption, int limit) {
        return sql.list(
                REPOSITORIES_WITH,
                row -> new RepositoryName(row.getString(1)),
                digest,
                encryption.toString(),
                registry.account(),
                registry.region(),
                limit);
    }

    @Override
    public List<Blob> all(long afterId, int limit) {
        return sql.list(BLOB + " where id > ? order by id limit ?", SqlLayers::blob, afterId, limit);
    }

    @Override
    public Blob store(
            Digest digest, long size, BlobKey key, @Nullable WrappedKeys keys, @Nullable Blob seen, Instant now) {
        var stored = seen == null
                ? add(digest, size, key, keys, now)
                : replace(seen, new Blob(seen.id(), digest, size, key, keys, null));
        return stored.orElseThrow(() -> new LostRaceException("the bytes of " + digest + " are others now"));
    }

    private Optional<Blob> add(Digest digest, long size, BlobKey key, @Nullable WrappedKeys keys, Instant now) {
        return sql.returning(
                "insert into blob (digest, encryption, size, storage_key, data_keys, created_at)"
                        + " values (?, ?, ?, ?, ?, ?) on conflict (digest, encryption) do nothing" + RETURNING,
                SqlLayers::blob,
                digest,
                (keys == null ? Encryption.AES256 : keys.by()).toString(),
                size,
                key.value(),
                Columns.text(keys),
                now);
    }

    /// They lie where all new ones do.
    private Optional<Blob> replace(Blob seen, Blob next) {
        sql.later("delete from archived_blob where blob_id = ?", seen.id());
        return sql.returning(
                "update blob set size = ?, storage_key = ?, data_keys = ?, damage = null"
                        + " where id = ? and storage_key = ?" + RETURNING,
                SqlLayers::blob,
                next.size(),
                next.key().value(),
                Columns.text(next.keys()),
                seen.id(),
                seen.key().value());
    }

    /// One that is there is locked, or waited for if it is being taken away.
    @Override
    public void link(Repository repository, Blob blob, Instant now) {
        sql.later(
                "insert into repo_blob (repo_id, blob_id, linked_at, registry)"
                        + " values (?, ?, ?, (select registry from repository where id = ?))"
                        + " on conflict (repo_id, blob_id) do update set linked_at = repo_blob.linked_at",
                repository.id(),
                blob.id(),
                now,
                repository.id());
        sql.later(SqlLinks.SEEN, repository.id(), blob.id());
        new SqlAbsences(sql, repository.id()).arrived(blob.digest(), blob.id());
    }

    @Override
    public void unlink(Repository repository, Digest digest) {
        sql.later(SqlLinks.FORGET, repository.id(), digest);
        var blobs = sql.deleted(
                "delete from repo_blob where repo_id = ? and blob_id in (select id from blob where digest = ?)"
                        + " returning blob_id",
                repository.id(),
                digest);
        SqlLooseBlobs.add(sql, blobs);
    }

    @Override
    public boolean isReferenced(Repository repository, Digest digest) {
        return sql.one(REFERENCED, row -> true, digest, repository.id()).isPresent();
    }

    @Override
    public void discard(BlobKey key, Instant notBefore) {
        sql.later(DISCARD + ", 0, 0, " + SqlGarbage.NOW + ")" + ANEW, key.value(), notBefore);
    }

    @Override
    public void discard(BlobKey key, long size, Instant now, Duration stay) {
        sql.later(
                DISCARD + ", ?, " + SqlGarbage.NOW + " + ?, " + SqlGarbage.NOW + ")" + ANEW,
                key.value(),
                now.plus(stay),
                size,
                SqlGarbage.micros(stay));
    }

    @Override
    public List<BlobKey> discarded(Instant now, int limit) {
        return sql.list(DISCARDED, row -> new BlobKey(row.getString(1)), now, limit);
    }

    @Override
    public void forget(BlobKey key) {
        sql.later("delete from blob_delete where storage_key = ?", key.value());
    }

    static StoredLayer layer(ResultSet row) throws SQLException {
        return new StoredLayer(
                Columns.digest(row, 1),
                row.getLong(2),
                row.getString(3),
                new BlobKey(row.getString(4)),
                Columns.keys(row, 5),
                row.getInt(7) == 1,
                row.getString(6));
    }

    static Blob blob(ResultSet row) throws SQLException {
        return new Blob(
                row.getLong(1),
                Columns.digest(row, 2),
                row.getLong(3),
                new BlobKey(row.getString(4)),
                Columns.keys(row, 5),
                row.getString(6));
    }
}
