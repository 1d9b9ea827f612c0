package entrepot.store.sql;

import entrepot.store.Garbage.Held;
import entrepot.store.Garbage.Loose;
import entrepot.store.Garbage.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Table `gc_blob`: blobs that may be in no repository. What was deleted and is kept needs them, too.
record SqlLooseBlobs(Sql sql) implements Waiting<Loose> {

    private static final String ADD = "insert into gc_blob (blob_id, since) values (?, ";

    /// The newest counts.
    private static final String NEWEST = ") on conflict (blob_id) do update set since ="
            + " case when gc_blob.since < excluded.since then excluded.since else gc_blob.since end";

    static final String DUE = "select blob_id, since from gc_blob where since <= ? order by since limit ?";

    static final String USED = "select 1 where exists (select 1 from repo_blob where blob_id = ?)"
            + " or exists (select 1 from history_blob where blob_id = ?)";

    /// A repository has lost them just now.
    static void add(Sql sql, Collection<Long> blobs) {
        blobs.stream().sorted().forEach(blob -> sql.later(ADD + SqlGarbage.NOW + NEWEST, blob));
    }

    static void add(Sql sql, long blob, Instant since) {
        sql.later(ADD + "?" + NEWEST, blob, since);
    }

    @Override
    public List<Loose> due(Instant until, int limit) {
        return sql.list(DUE, row -> new Loose(row.getLong(1), Columns.instant(row, 2)), until, limit);
    }

    @Override
    public List<Loose> claim(Collection<Loose> rows, Instant until) {
        return new Each<>(sql, rows)
                .found(
                        "select 1 from gc_blob where blob_id = ? and since <= ?"
                                + sql.engine().free(),
                        row -> List.of(row.blob(), until));
    }

    @Override
    public Held<Loose> hold(Collection<Loose> rows) {
        return new Each<>(sql, rows).hold("select 1 from blob where id = ?", row -> List.of(row.blob()));
    }

    @Override
    public Set<Loose> used(Collection<Loose> rows, Instant until) {
        return Set.copyOf(new Each<>(sql, rows).found(USED, row -> List.of(row.blob(), row.blob())));
    }

    /// The key is read of the row that is held: a push may have put other bytes there before.
    @Override
    public void drop(Collection<Loose> rows, Instant now, Duration stay) {
        for (var row : rows) {
            sql.later(
                    "insert into blob_delete (storage_key, not_before, size, since, after, written)"
                            + " select storage_key, ?, size, ?, " + SqlGarbage.NOW + " + ?, " + SqlGarbage.NOW
                            + " from blob where id = ?"
                            + " on conflict (storage_key) do nothing",
                    now.plus(stay),
                    row.since(),
                    SqlGarbage.micros(stay),
                    row.blob());
            sql.later("delete from blob where id = ?", row.blob());
        }
    }

    @Override
    public void settle(Collection<Loose> rows) {
        rows.forEach(row -> sql.later("delete from gc_blob where blob_id = ?", row.blob()));
    }
}
