package entrepot.store.sql;

import entrepot.store.Garbage.Held;
import entrepot.store.Garbage.Link;
import entrepot.store.Garbage.Waiting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Table `gc_link`: layers that manifests of their repository may not name.
record SqlLinks(Sql sql) implements Waiting<Link> {

    private static final String ADD = "insert into gc_link (repo_id, blob_id, since, manifest_id) ";

    /// The layer came, or somebody is told that it is there.
    static final String SEEN = ADD + "values (?, ?, " + SqlGarbage.NOW + ", 0) on conflict do nothing";

    /// All that a manifest names may be named by no other one. Whether they are is looked at later: two that go at once
    /// would each find the other.
    static final String UNNAMED = ADD + "select repo_id, blob_id, " + SqlGarbage.NOW
            + ", manifest_id from manifest_blob where manifest_id = ? on conflict do nothing";

    static final String FORGET =
            "delete from gc_link where repo_id = ?" + " and blob_id in (select id from blob where digest = ?)";

    private static final String ROW =
            " from gc_link where repo_id = ? and blob_id = ? and since = ? and manifest_id = ?";

    static final String DUE =
            "select repo_id, blob_id, since, manifest_id from gc_link where since <= ? order by since limit ?";

    /// Named by a manifest, or waited for anew. What a list names as if it were a manifest of its own may be a layer,
    /// as in the caches of builders; such a name is among those of what is lacking.
    static final String USED = "select 1 where (select manifest_id from manifest_blob"
            + " where repo_id = ? and blob_id = ? order by manifest_id limit 1) is not null" // as SqlLayers.NAMED
            + " or exists (select 1 from gc_link where repo_id = ? and blob_id = ? and since > ?)"
            + " or exists (select 1 from blob b join manifest_absent a on a.digest = b.digest"
            + " where b.id = ? and a.repo_id = ?)";

    private static final String LAYER = "select 1 from repo_blob where repo_id = ? and blob_id = ?";

    @Override
    public List<Link> due(Instant until, int limit) {
        return sql.list(DUE, SqlLinks::link, until, limit);
    }

    @Override
    public List<Link> claim(Collection<Link> rows, Instant until) {
        return new Each<>(sql, rows)
                .found(
                        "select 1" + ROW + " and since <= ?" + sql.engine().free(),
                        link -> List.of(link.repository(), link.blob(), link.since(), link.manifest(), until));
    }

    @Override
    public Held<Link> hold(Collection<Link> rows) {
        return new Each<>(sql, rows).hold(LAYER, link -> List.of(link.repository(), link.blob()));
    }

    @Override
    public Set<Link> used(Collection<Link> rows, Instant until) {
        return Set.copyOf(new Each<>(sql, rows)
                .found(
                        USED,
                        link -> List.of(
                                link.repository(),
                                link.blob(),
                                link.repository(),
                                link.blob(),
                                until,
                                link.blob(),
                                link.repository())));
    }

    /// In the order of blobs, as everybody locks them.
    @Override
    public void drop(Collection<Link> rows, Instant now, Duration stay) {
        rows.stream().sorted(Comparator.comparingLong(Link::blob)).forEach(link -> {
            SqlLooseBlobs.add(sql, link.blob(), link.since());
            sql.later("delete from repo_blob where repo_id = ? and blob_id = ?", link.repository(), link.blob());
        });
    }

    @Override
    public void settle(Collection<Link> rows) {
        rows.forEach(link -> sql.later("delete" + ROW, link.repository(), link.blob(), link.since(), link.manifest()));
    }

    private static Link link(ResultSet row) throws SQLException {
        return new Link(row.getLong(1), row.getLong(2), Columns.instant(row, 3), row.getLong(4));
    }
}
