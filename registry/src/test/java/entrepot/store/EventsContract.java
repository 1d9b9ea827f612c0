package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import entrepot.domain.RepositoryName;
import entrepot.store.Events.Amount;
import entrepot.store.Events.Event;
import entrepot.store.Events.Failure;
import entrepot.store.Events.Heading;
import entrepot.store.Events.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

public abstract class EventsContract extends TablesContract {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String APP = "arn:aws:ecr:eu-central-1:123456789012:repository/app";
    private static final String OTHER = "arn:aws:ecr:eu-central-1:123456789012:repository/other";
    private static final String IMAGE = "ECR Image Action";
    private static final Line LINE = new Line("t", APP, 0);

    private static Event event(String id, String repository, Instant at) {
        return new Event(id, repository, IMAGE, at, "{\"id\":\"%s\"}".formatted(id));
    }

    private void add(String... ids) {
        write(tx -> List.of(ids).forEach(id -> tx.events().add(event(id, APP, NOW))));
    }

    /// Puts all that is new into the line of a target.
    private void queue(String target) {
        write(tx -> {
            var ids = tx.events().fresh(99).stream().map(Heading::id).toList();
            tx.events().queue(target, ids, NOW);
            tx.events().queued(ids);
        });
    }

    private List<Heading> fresh(int limit) {
        return listed(tx -> tx.events().fresh(limit));
    }

    private Optional<Long> find(String uuid) {
        return found(tx -> tx.events().find(uuid));
    }

    private Optional<Long> firstSince(Instant time) {
        return found(tx -> tx.events().firstSince(time));
    }

    private long excess(long most) {
        return store().<Long>read(tx -> tx.events().excess(most));
    }

    private List<String> waiting(Line line) {
        return listed(tx -> tx.events().waiting(line, 99)).stream()
                .map(waiting -> waiting.event().uuid())
                .toList();
    }

    private List<Long> ids(Line line) {
        return listed(tx -> tx.events().waiting(line, 99)).stream()
                .map(waiting -> waiting.id())
                .toList();
    }

    /// The first ones of the line.
    private void deliver(int count) {
        var ids = ids(LINE).subList(0, count);
        write(tx -> tx.events().delivered(LINE, ids, NOW));
    }

    private List<Line> due(Instant now) {
        return listed(tx -> tx.events().due("t", now, now.plus(DAY), 9));
    }

    @Test
    void what_is_added_is_fresh_in_order_until_it_is_queued() {
        add("1", "2");
        write(tx -> tx.events().add(event("3", OTHER, NOW)));

        var fresh = fresh(2);
        assertThat(fresh).extracting(Heading::repository).containsExactly(APP, APP);
        assertThat(fresh).extracting(Heading::id).isSorted();
        assertThat(mapped(tx -> tx.events().fresh()))
                .containsEntry(new Heading(0, APP, IMAGE), new Amount(2, NOW))
                .containsEntry(new Heading(0, OTHER, IMAGE), new Amount(1, NOW));

        queue("t");

        assertThat(fresh(9)).isEmpty();
        assertThat(waiting(LINE)).containsExactly("1", "2");
        assertThat(listed(tx -> tx.events().waiting(LINE, 1)))
                .extracting(waiting -> waiting.event(), waiting -> waiting.since())
                .containsExactly(tuple(event("1", APP, NOW), NOW));
        assertThat(due(NOW)).extracting(Line::repository).containsExactlyInAnyOrder(APP, OTHER);
        assertThat(mapped(tx -> tx.events().waiting())).containsEntry("t", new Amount(3, NOW));
    }

    @Test
    void nothing_is_left_of_a_change_that_failed() {
        assertThatThrownBy(() -> store().transact(tx -> {
                    tx.events().add(event("1", APP, NOW));
                    throw new IllegalStateException("after it was written");
                }))
                .hasMessage("after it was written");

        assertThat(fresh(9)).isEmpty();
    }

    @Test
    void a_line_goes_with_the_last_of_its_events() {
        add("1", "2");
        queue("t");

        deliver(1);
        assertThat(waiting(LINE)).containsExactly("2");
        assertThat(due(NOW)).containsExactly(LINE);

        deliver(ids(LINE).size());
        assertThat(due(NOW)).isEmpty();
        assertThat(mapped(tx -> tx.events().waiting())).isEmpty();
    }

    @Test
    void what_failed_is_due_later_and_its_line_with_it() {
        add("1", "2");
        queue("t");

        write(tx -> tx.events().failed(LINE, "HTTP\0 500", NOW, NOW.plus(SECOND)));

        assertThat(due(NOW)).isEmpty();
        assertThat(due(NOW.plus(SECOND))).containsExactly(new Line("t", APP, 1));
        assertThat(waiting(LINE)).containsExactly("1", "2");
        assertThat(mapped(tx -> tx.events().failures())).containsEntry("t", new Failure("HTTP 500", NOW));
    }

    @Test
    void what_is_due_later_than_any_can_be_is_due() {
        add("1");
        queue("t");
        write(tx -> tx.events().failed(LINE, "no", NOW, NOW.plus(DAY).plus(SECOND)));

        assertThat(due(NOW)).hasSize(1);
        assertThat(due(NOW.plus(SECOND))).isEmpty();
    }

    @Test
    void what_has_waited_for_too_long_is_given_up_and_no_more() {
        add("1");
        queue("t");
        add("2");
        write(tx -> {
            var ids = tx.events().fresh(9).stream().map(Heading::id).toList();
            tx.events().queue("t", ids, NOW.plus(SECOND));
            tx.events().queued(ids);
        });

        assertThat(store().<Integer>transact(tx -> tx.events().giveUp(LINE, NOW)))
                .isEqualTo(1);

        assertThat(waiting(LINE)).containsExactly("2");
        assertThat(due(NOW)).hasSize(1);
    }

    @Test
    void what_was_delivered_is_replayed_from_an_id_or_a_time_on_in_order() {
        add("1", "2", "3");
        write(tx -> tx.events().add(event("4", APP, NOW.plus(SECOND))));
        queue("t");
        deliver(ids(LINE).size());
        var second = find("2").orElseThrow();

        var first = store().transact(tx -> tx.events().replay(second, 2));
        assertThat(first.count()).isEqualTo(2);
        var rest = store().transact(tx -> tx.events().replay(first.next().orElseThrow(), 2));
        assertThat(rest.count()).isEqualTo(1);
        assertThat(rest.next()).isEmpty();
        queue("t");

        assertThat(waiting(LINE)).containsExactly("2", "3", "4");
        assertThat(firstSince(NOW.plus(SECOND))).isEqualTo(find("4"));
        assertThat(firstSince(NOW.plus(DAY))).isEmpty();
        assertThat(find("5")).isEmpty();
    }

    @Test
    void what_was_delivered_is_forgotten_when_it_is_old_and_what_waits_is_not() {
        add("1");
        queue("t");
        deliver(ids(LINE).size());
        add("2");
        queue("t");
        add("3");

        assertThat(listed(tx -> tx.events().old(NOW, 9))).isEmpty();
        var old = listed(tx -> tx.events().old(NOW.plus(SECOND), 9));
        var all = List.of(find("1"), find("2"), find("3")).stream()
                .map(Optional::orElseThrow)
                .toList();
        assertThat(old).containsExactly(all.getFirst());
        write(tx -> tx.events().forget(all));

        assertThat(find("1")).isEmpty();
        assertThat(find("2")).isPresent();
        assertThat(find("3")).isPresent();
    }

    @Test
    void the_oldest_are_dropped_and_those_undelivered_are_counted() {
        add("1", "2");
        queue("t");
        deliver(1);
        add("3", "4");
        assertThat(excess(4)).isZero();
        assertThat(excess(1)).isEqualTo(3);

        assertThat(store().<Integer>transact(tx -> tx.events().drop(3))).isEqualTo(2);

        assertThat(waiting(LINE)).isEmpty();
        assertThat(find("3")).isEmpty();
        assertThat(fresh(9)).hasSize(1);
    }

    @Test
    void what_waits_for_who_is_not_there_any_more_goes_after_a_while() {
        add("1");
        queue("t");

        assertThat(leave(List.of("t"), NOW)).isZero();
        assertThat(leave(List.of("u"), NOW.minus(SECOND))).isZero();
        assertThat(leave(List.of("u"), NOW)).isEqualTo(1);

        assertThat(waiting(LINE)).isEmpty();
        assertThat(due(NOW)).isEmpty();
    }

    private int leave(List<String> targets, Instant since) {
        return store().<Integer>transact(tx -> tx.events().leave(targets, since, 9));
    }

    /// A number that was drawn before others is not passed over because it is committed after them.
    @Test
    void what_is_committed_late_is_found_by_who_has_seen_later_ones() throws Exception {
        var drawn = new CountDownLatch(1);
        var others = new CountDownLatch(1);
        var late = CompletableFuture.supplyAsync(() -> store().transactGuarded(tx -> {
            tx.events().add(event("late", APP, NOW));
            tx.repositories().find(REGISTRY, new RepositoryName("none")); // sends it
            drawn.countDown();
            return isShared(others);
        }));
        drawn.await();
        var seen = new ArrayList<String>();
        if (store().isShared()) {
            add("other");
            queue("t");
            seen.addAll(waiting(LINE));
        }
        others.countDown();
        late.get();
        queue("t");

        assertThat(seen).doesNotContain("late");
        assertThat(waiting(LINE)).startsWith("late");
    }

    /// Where there is one writer, nobody else commits meanwhile.
    private boolean isShared(CountDownLatch others) {
        try {
            if (store().isShared()) {
                others.await();
            }
            return true;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
