package entrepot.store.sql;

import entrepot.domain.BlobKey;
import entrepot.domain.Digest;
import entrepot.domain.Repository;
import entrepot.domain.StoredLayer;
import entrepot.store.Garbage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Tables `gc_clock`, `gc_link`, `gc_blob`, and `blob_delete` as collection sees it.
record SqlGarbage(Sql sql) implements Garbage {

    /// Read in the statement that writes it down.
    static final String NOW = "(select now from gc_clock where number = 1)";

    /// With the newest row that says since when it may be in nobody's use. The cross join is as in [SqlLayers].
    static final String FIND = "select b.digest, b.size, r.media_type, b.storage_key, b.data_keys, b.damage,"
            + SqlLayers.ARCHIVED
            + ", coalesce((select max(q.since) from gc_link q where q.repo_id = r.repo_id and q.blob_id = r.blob_id)"
            + " < " + NOW + " - ?, false)"
            + " from blob b cross join repo_blob r where r.repo_id = ? and r.blob_id = b.id and b.digest in (*)";

    private static final String HOLD = "select blob_id from repo_blob where repo_id = ? and blob_id in (*)";

    private static final String COLUMNS = "select storage_key, size, tries, error from blob_delete";

    /// What a backup under way may need is left out.
    static String discarded(Engine engine) {
        return COLUMNS + " where not_before <= ? and after <= " + NOW + " + ? and written < "
                + SqlBackupHold.before(engine) + " order by not_before limit ?";
    }

    @Override
    public Instant now() {
        return sql.one("select now from gc_clock where number = 1", row -> Columns.instant(row, 1))
                .orElseThrow();
    }

    @Override
    public boolean advance(String by, Duration passed) {
        return sql.update("update gc_clock set now = now + ? where number = 1 and ticked_by = ?", micros(passed), by)
                        > 0
                || sql.update("update gc_clock set ticked_by = ? where number = 1", by) == 0;
    }

    @Override
    public Waiting<Link> links() {
        return new SqlLinks(sql);
    }

    @Override
    public Waiting<Loose> blobs() {
        return new SqlLooseBlobs(sql);
    }

    @Override
    public Map<Digest, Known> find(Repository repository, Collection<Digest> digests, Duration young) {
        var found = new HashMap<Digest, Known>();
        sql.listIn(
                        FIND,
                        row -> new Known(SqlLayers.layer(row), row.getBoolean(8)),
                        digests,
                        micros(young),
                        repository.id())
                .forEach(known -> found.put(known.layer().digest(), known));
        return found;
    }

    /// The lock first: whoever takes the layer away is waited for, and whoever comes later finds the row.
    @Override
    public Map<Digest, StoredLayer> keep(Repository repository, Collection<Digest> digests) {
        var blobs = sql.listIn("select id from blob where digest in (*)", row -> row.getLong(1), digests);
        sql.listIn(HOLD + sql.engine().shared(), row -> row.getLong(1), blobs, repository.id())
                .forEach(blob -> sql.later(SqlLinks.SEEN, repository.id(), blob));
        return new SqlLayers(sql).find(repository, digests);
    }

    @Override
    public List<Discarded> discarded(Instant now, Duration hastened, int limit) {
        return sql.list(discarded(sql.engine()), SqlGarbage::discarded, now.plus(hastened), micros(hastened), limit);
    }

    @Override
    public List<Discarded> freed(Collection<Discarded> gone) {
        sql.countWrite();
        var freed = sql.listIn(
                "delete from blob_delete where storage_key in (*) returning storage_key, size, tries, error",
                SqlGarbage::discarded,
                gone.stream().map(bytes -> bytes.key().value()).toList());
        sql.later(
                "update gc_clock set freed_blobs = freed_blobs + ?, freed_bytes = freed_bytes + ? where number = 1",
                freed.size(),
                freed.stream().mapToLong(Discarded::size).sum());
        return freed;
    }

    @Override
    public void failed(Discarded bytes, String why, Instant next) {
        sql.later(
                "update blob_delete set tries = tries + 1, error = ?, not_before = ? where storage_key = ?",
                why.replace("\0", ""),
                next,
                bytes.key().value());
    }

    @Override
    public List<Discarded> failed(int limit) {
        return sql.list(COLUMNS + " where tries > 0 order by storage_key limit ?", SqlGarbage::discarded, limit);
    }

    @Override
    public boolean walk(int rows) {
        return new SqlGarbageWalk(sql).go(rows);
    }

    @Override
    public Instant walked() {
        return sql.one("select walked_at from gc_clock where number = 1", row -> Columns.instant(row, 1))
                .orElseThrow();
    }

    @Override
    public Totals totals() {
        return new SqlGarbageTotals(sql).all();
    }

    @Override
    public Amount waiting(Instant until) {
        return new SqlGarbageTotals(sql).waiting(until);
    }

    @Override
    public Amount discarded(Instant now, Duration hastened) {
        return new SqlGarbageTotals(sql).discarded(now.plus(hastened), micros(hastened));
    }

    static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    private static Discarded discarded(ResultSet row) throws SQLException {
        return new Discarded(new BlobKey(row.getString(1)), row.getLong(2), row.getInt(3), row.getString(4));
    }
}
