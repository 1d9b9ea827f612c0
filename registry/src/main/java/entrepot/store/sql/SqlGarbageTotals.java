package entrepot.store.sql;

import entrepot.store.Garbage.Amount;
import entrepot.store.Garbage.Totals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/// How much is in use, and how much is not. Costs a look at all that waits, and at each blob's size.
record SqlGarbageTotals(Sql sql) {

    /// A blob that no manifest names in any repository that is there or kept, of those that were written down.
    private static final String WAITING = " from blob b where b.id in"
            + " (select blob_id from gc_link union select blob_id from gc_blob)"
            + " and not exists (select 1 from repo_blob r cross join manifest_blob m cross join repository s"
            + " where r.blob_id = b.id and m.repo_id = r.repo_id and m.blob_id = r.blob_id"
            + " and s.id = r.repo_id and (s.deleted_at is null or s.deleted_since is not null))"
            + " and not exists (select 1 from history_blob h where h.blob_id = b.id)";

    private static final String SINCE =
            " and not exists (select 1 from gc_link l where l.blob_id = b.id and l.since > ?)"
                    + " and not exists (select 1 from gc_blob g where g.blob_id = b.id and g.since > ?)";

    private static final String SUM = "select count(*), coalesce(sum(size), 0)";

    private static final String DISCARDED = " from blob_delete";

    Totals all() {
        var waiting = amount(SUM + WAITING);
        var discarded = amount(SUM + DISCARDED);
        var stored = amount(SUM + " from blob");
        var all = waiting.plus(discarded);
        var since = Stream.of(
                        "gc_link where blob_id in (select b.id" + WAITING + ")",
                        "gc_blob where blob_id in (select b.id" + WAITING + ")",
                        "blob_delete")
                .flatMap(rows -> sql
                        .list(
                                "select min(since) from " + rows + " having min(since) is not null",
                                row -> Columns.instant(row, 1))
                        .stream())
                .min(Comparator.naturalOrder());
        return new Totals(
                all,
                since.orElse(null),
                new Amount(stored.blobs() - waiting.blobs(), stored.bytes() - waiting.bytes()),
                amount("select freed_blobs, freed_bytes from gc_clock where number = 1"));
    }

    Amount waiting(Instant until) {
        return amount(SUM + WAITING + SINCE, until, until);
    }

    Amount discarded(Instant notBefore, long hastened) {
        return amount(
                SUM + DISCARDED + " where not_before <= ? and after <= " + SqlGarbage.NOW + " + ? and written < "
                        + SqlBackupHold.before(sql.engine()),
                notBefore,
                hastened);
    }

    private Amount amount(String text, Object... values) {
        return sql.one(text, SqlGarbageTotals::amount, values).orElse(Amount.NONE);
    }

    private static Amount amount(ResultSet row) throws SQLException {
        return new Amount(row.getLong(1), row.getLong(2));
    }
}
