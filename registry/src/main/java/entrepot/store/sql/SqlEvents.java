package entrepot.store.sql;

import entrepot.store.Events;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Tables `event`, `event_waiting`, `event_line` and `event_target`; what is taken out of them is in [SqlEventAge].
record SqlEvents(Sql sql) implements Events {

    static final String FRESH = "select id, repo, type from event where is_new = 1 order by id limit ?";

    static final String DUE =
            "select repo, tries from event_line where target = ? and due_at <= ? order by due_at limit ?";

    static final String TOO_LATE =
            "select repo, tries from event_line where target = ? and due_at > ? order by due_at desc limit ?";

    /// The cross join is as in [SqlLayers].
    static final String WAITING = "select w.event_id, w.since, e.uuid, e.repo, e.type, e.at, e.document"
            + " from event_waiting w cross join event e where w.target = ? and w.repo = ? and e.id = w.event_id"
            + " order by w.event_id limit ?";

    static final String DELIVERED = "select id from event where id >= ? and is_new = 0 order by id limit ?";

    private static final String LINE = " where target = ? and repo = ?";

    private static final String QUEUE = "insert into event_waiting (target, repo, event_id, since)"
            + " select ?, repo, id, cast(? as bigint) from event where id in (*) on conflict do nothing";

    private static final String ADD_LINES = "insert into event_line (target, repo, due_at, tries)"
            + " select distinct ?, repo, cast(? as bigint), 0 from event where id in (*) on conflict do nothing";

    private static final String FAILED = "insert into event_target (target, error, failed_at) values (?, ?, ?)"
            + " on conflict (target) do update set error = excluded.error, failed_at = excluded.failed_at";

    @Override
    public void add(Event event) {
        sql.later(
                "insert into event (uuid, repo, type, at, document, is_new) values (?, ?, ?, ?, ?, 1)",
                event.uuid(),
                event.repository(),
                event.type(),
                event.at(),
                event.document());
    }

    @Override
    public List<Heading> fresh(int limit) {
        return sql.list(FRESH, row -> new Heading(row.getLong(1), row.getString(2), row.getString(3)), limit);
    }

    @Override
    public void queue(String target, Collection<Long> ids, Instant now) {
        sql.laterIn(QUEUE, ids, target, now);
        sql.laterIn(ADD_LINES, ids, target, now);
    }

    @Override
    public void queued(Collection<Long> ids) {
        sql.laterIn("update event set is_new = 0 where id in (*)", ids);
    }

    @Override
    public List<Line> due(String target, Instant now, Instant latest, int limit) {
        var questions = new Questions(sql);
        var due = questions.list(DUE, row -> line(target, row), target, now, limit);
        var tooLate = questions.list(TOO_LATE, row -> line(target, row), target, latest, limit);
        questions.ask();
        return Stream.concat(due.stream(), tooLate.stream()).limit(limit).toList();
    }

    private static Line line(String target, ResultSet row) throws SQLException {
        return new Line(target, row.getString(1), row.getInt(2));
    }

    @Override
    public List<Waiting> waiting(Line line, int limit) {
        return sql.list(WAITING, SqlEvents::waiting, line.target(), line.repository(), limit);
    }

    private static Waiting waiting(ResultSet row) throws SQLException {
        return new Waiting(
                row.getLong(1),
                Columns.instant(row, 2),
                new Event(
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        Columns.instant(row, 6),
                        row.getString(7)));
    }

    @Override
    public void delivered(Line line, Collection<Long> ids, Instant now) {
        sql.laterIn("delete from event_waiting" + LINE + " and event_id in (*)", ids, line.target(), line.repository());
        next(line, now, 0);
        new SqlEventAge(sql).dissolve(line);
    }

    @Override
    public void failed(Line line, String error, Instant now, Instant due) {
        next(line, due, line.tries() + 1);
        sql.later(FAILED, line.target(), error.replace("\0", ""), now);
    }

    private void next(Line line, Instant due, int tries) {
        sql.later("update event_line set due_at = ?, tries = ?" + LINE, due, tries, line.target(), line.repository());
    }

    @Override
    public int giveUp(Line line, Instant since) {
        return new SqlEventAge(sql).giveUp(line, since);
    }

    @Override
    public Replayed replay(long from, int limit) {
        var ids = sql.list(DELIVERED, row -> row.getLong(1), from, limit);
        sql.laterIn("update event set is_new = 1 where id in (*)", ids);
        var next = ids.size() < limit ? Optional.<Long>empty() : Optional.of(ids.getLast() + 1);
        return new Replayed(ids.size(), next);
    }

    @Override
    public Optional<Long> firstSince(Instant time) {
        return sql.one(
                "select min(id) from event where at >= ? having min(id) is not null", row -> row.getLong(1), time);
    }

    @Override
    public Optional<Long> find(String uuid) {
        return sql.one("select id from event where uuid = ?", row -> row.getLong(1), uuid);
    }

    @Override
    public Map<String, Amount> waiting() {
        var amounts = new HashMap<String, Amount>();
        sql.list(
                        "select w.target, count(*), min(e.at) from event_waiting w, event e where e.id = w.event_id"
                                + " group by w.target",
                        row -> Map.entry(row.getString(1), amount(row, 2)))
                .forEach(row -> amounts.put(row.getKey(), row.getValue()));
        return amounts;
    }

    @Override
    public Map<Heading, Amount> fresh() {
        var amounts = new HashMap<Heading, Amount>();
        sql.list(
                        "select repo, type, count(*), min(at) from event where is_new = 1 group by repo, type",
                        row -> Map.entry(new Heading(0, row.getString(1), row.getString(2)), amount(row, 3)))
                .forEach(row -> amounts.put(row.getKey(), row.getValue()));
        return amounts;
    }

    private static Amount amount(ResultSet row, int column) throws SQLException {
        return new Amount(row.getLong(column), Columns.instant(row, column + 1));
    }

    @Override
    public Map<String, Failure> failures() {
        var failures = new HashMap<String, Failure>();
        sql.list(
                        "select target, error, failed_at from event_target",
                        row -> Map.entry(row.getString(1), new Failure(row.getString(2), Columns.instant(row, 3))))
                .forEach(row -> failures.put(row.getKey(), row.getValue()));
        return failures;
    }

    @Override
    public List<Long> old(Instant before, int limit) {
        return new SqlEventAge(sql).old(before, limit);
    }

    @Override
    public void forget(Collection<Long> ids) {
        new SqlEventAge(sql).forget(ids);
    }

    @Override
    public long excess(long most) {
        return new SqlEventAge(sql).excess(most);
    }

    @Override
    public int drop(int oldest) {
        return new SqlEventAge(sql).drop(oldest);
    }

    @Override
    public int leave(Collection<String> targets, Instant since, int limit) {
        return new SqlEventAge(sql).leave(targets, since, limit);
    }
}
