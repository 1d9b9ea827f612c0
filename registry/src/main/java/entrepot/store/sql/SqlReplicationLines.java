package entrepot.store.sql;

import entrepot.domain.RegistryId;
import entrepot.store.Events.Line;
import entrepot.store.Replication.Amount;
import entrepot.store.Replication.Change;
import entrepot.store.Replication.Waiting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Tables `replication_waiting` and `replication_line`.
record SqlReplicationLines(Sql sql) {

    static final String DUE = "select destination, repo, tries from replication_line"
            + " where destination = ? and due_at <= ? order by due_at limit ?";

    static final String TOO_LATE = "select destination, repo, tries from replication_line"
            + " where destination = ? and due_at > ? order by due_at desc limit ?";

    /// The cross join is as in [SqlLayers].
    static final String WAITING = "select " + SqlReplication.CHANGE
            + ", w.since from replication_waiting w cross join replication_change c"
            + " where w.destination = ? and w.repo = ? and c.id = w.change_id order by w.change_id limit ?";

    static final String WAITING_FOR = "select w.destination from replication_change c"
            + " cross join replication_waiting w where c.repo = ? and c.digest = ? and w.change_id = c.id"
            + " and c.kind in ('PUSH', 'TAG', 'RESTORE')";

    private static final String LINE = " where destination = ? and repo = ?";

    void queue(RegistryId destination, Collection<Long> ids, Instant now) {
        sql.laterIn(
                "insert into replication_waiting (destination, repo, change_id, since)"
                        + " select ?, repo, id, cast(? as bigint) from replication_change where id in (*)"
                        + " on conflict do nothing",
                ids,
                destination.toString(),
                now);
        sql.laterIn(
                "insert into replication_line (destination, repo, due_at, tries)"
                        + " select distinct ?, repo, cast(? as bigint), 0 from replication_change where id in (*)"
                        + " on conflict do nothing",
                ids,
                destination.toString(),
                now);
    }

    void queued(Collection<Long> ids) {
        sql.laterIn("update replication_change set is_new = 0 where id in (*)", ids);
        forget(ids);
    }

    private void forget(Collection<Long> ids) {
        sql.laterIn(
                "delete from replication_change where not exists (select 1 from replication_waiting w"
                        + " where w.change_id = replication_change.id) and id in (*)",
                ids);
    }

    List<String> destinations() {
        return sql.list(
                "select distinct destination from replication_line order by destination", row -> row.getString(1));
    }

    List<Line> due(String destination, Instant now, Instant latest, int limit) {
        var questions = new Questions(sql);
        var due = questions.list(DUE, SqlReplicationLines::line, destination, now, limit);
        var tooLate = questions.list(TOO_LATE, SqlReplicationLines::line, destination, latest, limit);
        questions.ask();
        return Stream.concat(due.stream(), tooLate.stream()).limit(limit).toList();
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(row.getString(1), row.getString(2), row.getInt(3));
    }

    List<Waiting> waiting(Line line, int limit) {
        return sql.list(
                WAITING,
                row -> new Waiting(SqlReplication.change(row), Columns.instant(row, 7)),
                line.target(),
                line.repository(),
                limit);
    }

    void done(Line line, Change change, Instant now) {
        sql.later(
                "delete from replication_waiting" + LINE + " and change_id = ?",
                line.target(),
                line.repository(),
                change.id());
        forget(List.of(change.id()));
        sql.later(
                "update replication_line set due_at = ?, tries = 0, error = null" + LINE,
                now,
                line.target(),
                line.repository());
        dissolve(line);
    }

    /// Where nothing waits in it.
    void dissolve(Line line) {
        sql.later(
                "delete from replication_line" + LINE + " and not exists (select 1 from replication_waiting w"
                        + " where w.destination = replication_line.destination and w.repo = replication_line.repo)",
                line.target(),
                line.repository());
    }

    void failed(Line line, String error, Instant due) {
        sql.later(
                "update replication_line set due_at = ?, tries = tries + 1, error = ?" + LINE,
                due,
                error.replace("\0", ""),
                line.target(),
                line.repository());
        dissolve(line);
    }

    Map<String, Amount> amounts() {
        var errors = new HashMap<String, String>();
        sql.list(
                        "select destination, error from replication_line where error is not null",
                        row -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(row -> errors.put(row.getKey(), row.getValue()));
        var amounts = new HashMap<String, Amount>();
        sql.list(
                        "select w.destination, count(*), min(c.at) from replication_waiting w, replication_change c"
                                + " where c.id = w.change_id group by w.destination",
                        row -> Map.entry(
                                row.getString(1),
                                new Amount(
                                        row.getLong(2), Columns.optionalInstant(row, 3), errors.get(row.getString(1)))))
                .forEach(row -> amounts.put(row.getKey(), row.getValue()));
        return amounts;
    }
}
