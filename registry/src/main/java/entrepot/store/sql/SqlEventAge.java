package entrepot.store.sql;

import entrepot.store.Events.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// What is taken out of the tables of events because of its age, or since there is too much of it.
record SqlEventAge(Sql sql) {

    static final String OLD = "select id from event e where at < ? and is_new = 0"
            + " and not exists (select 1 from event_waiting w where w.event_id = e.id) order by at limit ?";

    static final String OLDEST = "select id from event order by id limit ?";

    static final String LEFT = "select repo, event_id from event_waiting where target = ? and since <= ? limit ?";

    private record Place(String repository, long event) {}

    int giveUp(Line line, Instant since) {
        var given = sql.update(
                "delete from event_waiting where target = ? and repo = ? and since <= ?",
                line.target(),
                line.repository(),
                since);
        dissolve(line);
        return given;
    }

    /// Where nothing waits in it, but perhaps for events that were dropped in the moment when they were put into it.
    void dissolve(Line line) {
        sql.later(
                "delete from event_waiting where target = ? and repo = ?"
                        + " and not exists (select 1 from event e where e.id = event_waiting.event_id)",
                line.target(),
                line.repository());
        sql.later(
                "delete from event_line where target = ? and repo = ? and not exists"
                        + " (select 1 from event_waiting w where w.target = event_line.target"
                        + " and w.repo = event_line.repo)",
                line.target(),
                line.repository());
    }

    List<Long> old(Instant before, int limit) {
        return sql.list(OLD, row -> row.getLong(1), before, limit);
    }

    void forget(Collection<Long> ids) {
        sql.laterIn(
                "delete from event where is_new = 0"
                        + " and not exists (select 1 from event_waiting w where w.event_id = event.id) and id in (*)",
                ids);
    }

    /// The numbers tell at once where there is none: they are drawn one after the other.
    long excess(long most) {
        var range = sql.one("select coalesce(max(id) - min(id) + 1, 0) from event", row -> row.getLong(1))
                .orElse(0L);
        return range <= most ? 0 : Math.max(0, count("select count(*) from event") - most);
    }

    private long count(String text) {
        return sql.one(text, row -> row.getLong(1)).orElse(0L);
    }

    /// Their lines stay until they are due, and are found to be empty then.
    int drop(int oldest) {
        var ids = sql.list(OLDEST, row -> row.getLong(1), oldest);
        var fresh =
                sql.listIn("select id from event where is_new = 1 and id in (*)", row -> row.getLong(1), ids).stream()
                        .distinct()
                        .count();
        sql.updateIn("delete from event where id in (*)", ids);
        return Math.toIntExact(fresh) + sql.updateIn("delete from event_waiting where event_id in (*)", ids);
    }

    int leave(Collection<String> targets, Instant since, int limit) {
        var left = new ArrayList<>(sql.list("select distinct target from event_line", row -> row.getString(1)));
        left.removeAll(targets);
        return left.stream().mapToInt(target -> leave(target, since, limit)).sum();
    }

    private int leave(String target, Instant since, int limit) {
        List<Place> places = sql.list(LEFT, row -> new Place(row.getString(1), row.getLong(2)), target, since, limit);
        for (var place : places) {
            var line = new Line(target, place.repository(), 0);
            sql.later(
                    "delete from event_waiting where target = ? and repo = ? and event_id = ?",
                    target,
                    place.repository(),
                    place.event());
            dissolve(line);
        }
        return places.size();
    }
}
