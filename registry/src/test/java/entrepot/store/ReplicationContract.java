package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.AccountId;
import entrepot.domain.ImageChange;
import entrepot.domain.ImageChange.Kind;
import entrepot.domain.RegistryId;
import entrepot.domain.ReplicationRules;
import entrepot.domain.ReplicationRules.Rule;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.store.Events.Line;
import entrepot.store.Replication.Change;
import entrepot.store.Replication.Result;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

public abstract class ReplicationContract extends TablesContract {

    private static final RegistryId THERE = new RegistryId(REGISTRY.account(), "us-east-1");
    private static final RegistryId OTHERS = new RegistryId(new AccountId("999999999999"), "eu-west-1");
    private static final Duration DAY = Duration.ofDays(1);
    private static final ReplicationRules RULES = new ReplicationRules(List.of(
            new Rule(List.of(THERE, OTHERS), List.of("app", "team/"), true),
            new Rule(List.of(OTHERS), List.of(), false),
            new Rule(List.of(), List.of(), null)));

    private void put(ReplicationRules rules) {
        write(tx -> tx.replication().putRules(REGISTRY, rules, NOW));
    }

    private ReplicationRules rules() {
        return store().read(tx -> tx.replication().rules(REGISTRY));
    }

    private StoredImage change(Repository repository, Kind kind, String text, String... tags) {
        return store().transact(tx -> {
            var image = tx.images().find(repository, digest(text)).orElseGet(() -> image(tx, repository, text));
            var names = Stream.of(tags).map(Tag::new).toList();
            tx.replication().add(new ImageChange(kind, repository, image, names, "arn:x", NOW));
            return image;
        });
    }

    private List<Change> fresh() {
        return listed(tx -> tx.replication().fresh(99)).stream()
                .map(fresh -> fresh.change())
                .toList();
    }

    private List<Long> freshIds() {
        return fresh().stream().map(Change::id).toList();
    }

    private void queue(RegistryId destination) {
        var ids = freshIds();
        write(tx -> {
            tx.replication().queue(destination, ids, NOW);
            tx.replication().queued(ids);
        });
    }

    private static Line line(RegistryId destination, Repository repository) {
        return new Line(destination.toString(), repository.arn().value(), 0);
    }

    private List<Change> waiting(Line line) {
        return listed(tx -> tx.replication().waiting(line, 99)).stream()
                .map(waiting -> waiting.change())
                .toList();
    }

    @Test
    void the_rules_are_as_they_were_put_last() {
        assertThat(rules()).isEqualTo(ReplicationRules.NONE);
        put(RULES);
        assertThat(rules()).isEqualTo(RULES);

        put(new ReplicationRules(List.of(new Rule(List.of(THERE), List.of(), null))));
        assertThat(rules().rules()).hasSize(1);
        assertThat(store().<ReplicationRules>read(tx -> tx.replication().rules(THERE)))
                .isEqualTo(ReplicationRules.NONE);

        put(ReplicationRules.NONE);
        assertThat(rules()).isEqualTo(ReplicationRules.NONE);
    }

    @Test
    void a_change_is_written_down_where_the_registry_has_rules_with_those() {
        var app = repository("app");
        change(app, Kind.PUSH, "before", "v0");
        put(RULES);
        change(app, Kind.PUSH, "one", "v1", "v2");
        put(ReplicationRules.NONE);
        change(app, Kind.PUSH, "after", "v3");

        assertThat(listed(tx -> tx.replication().fresh(99))).singleElement().satisfies(fresh -> {
            assertThat(fresh.rules()).isEqualTo(RULES);
            assertThat(fresh.change().digest()).isEqualTo(digest("one"));
            assertThat(fresh.change().kind()).isEqualTo(Kind.PUSH);
            assertThat(fresh.change().tags()).containsExactly(new Tag("v1"), new Tag("v2"));
            assertThat(fresh.change().repository().repository()).isEqualTo(app.name());
            assertThat(fresh.change().backfill()).isNull();
        });
    }

    @Test
    void rules_stay_as_long_as_something_new_goes_by_them() {
        var app = repository("app");
        put(RULES);
        change(app, Kind.PUSH, "one");
        put(ReplicationRules.NONE);
        write(tx -> tx.replication().forgetRules(NOW.plus(DAY)));
        assertThat(fresh()).hasSize(1);

        queue(THERE);
        write(tx -> tx.replication().forgetRules(NOW));
        write(tx -> tx.replication().forgetRules(NOW.plus(DAY)));
        assertThat(fresh()).isEmpty();
        assertThat(waiting(line(THERE, app))).hasSize(1);
    }

    @Test
    void changes_wait_in_order_in_the_line_of_their_repository() {
        var app = repository("app");
        var other = repository("other");
        put(RULES);
        change(app, Kind.PUSH, "one", "v1");
        change(other, Kind.PUSH, "two", "v1");
        change(app, Kind.UNTAG, "one", "v1");
        queue(THERE);

        assertThat(fresh()).isEmpty();
        assertThat(listed(tx -> tx.replication().destinations())).containsExactly(THERE.toString());
        assertThat(waiting(line(THERE, app))).extracting(Change::kind).containsExactly(Kind.PUSH, Kind.UNTAG);
        assertThat(waiting(line(OTHERS, app))).isEmpty();
        assertThat(listed(tx -> tx.replication().due(THERE.toString(), NOW, NOW.plus(DAY), 9)))
                .containsExactlyInAnyOrder(line(THERE, app), line(THERE, other));
    }

    @Test
    void what_nobody_waits_for_is_forgotten() {
        var app = repository("app");
        put(RULES);
        change(app, Kind.PUSH, "one");
        var ids = freshIds();
        write(tx -> tx.replication().queued(ids));
        change(app, Kind.PUSH, "two");
        queue(THERE);

        assertThat(waiting(line(THERE, app))).extracting(Change::digest).containsExactly(digest("two"));
        write(tx -> tx.replication().queue(THERE, ids, NOW));
        assertThat(waiting(line(THERE, app))).extracting(Change::digest).containsExactly(digest("two"));
    }

    @Test
    void a_line_is_there_until_its_last_change_is_done() {
        var app = repository("app");
        put(RULES);
        change(app, Kind.PUSH, "one");
        change(app, Kind.PUSH, "two");
        queue(THERE);
        var line = line(THERE, app);
        var all = waiting(line);

        write(tx -> tx.replication().done(line, all.getFirst(), NOW));
        assertThat(waiting(line)).containsExactly(all.getLast());
        write(tx -> tx.replication().done(line, all.getLast(), NOW));
        assertThat(listed(tx -> tx.replication().destinations())).isEmpty();
    }

    @Test
    void a_line_that_failed_is_due_later_and_says_how_often_and_why() {
        var app = repository("app");
        put(RULES);
        change(app, Kind.PUSH, "one");
        queue(THERE);
        var line = line(THERE, app);
        write(tx -> tx.replication().failed(line, "away", NOW.plusSeconds(10)));

        assertThat(due(9)).isEmpty();
        assertThat(due(10)).containsExactly(new Line(line.target(), line.repository(), 1));
        assertThat(mapped(tx -> tx.replication().amounts())).hasEntrySatisfying(THERE.toString(), amount -> {
            assertThat(amount.changes()).isOne();
            assertThat(amount.oldest()).isEqualTo(NOW);
            assertThat(amount.error()).isEqualTo("away");
        });
    }

    private List<Line> due(int seconds) {
        return listed(tx -> tx.replication().due(THERE.toString(), NOW.plusSeconds(seconds), NOW.plus(DAY), 9));
    }

    @Test
    void a_line_that_is_due_later_than_any_can_be_is_due() {
        var app = repository("app");
        put(RULES);
        change(app, Kind.PUSH, "one");
        queue(THERE);
        write(tx -> tx.replication().failed(line(THERE, app), "away", NOW.plus(DAY.multipliedBy(9))));

        assertThat(due(0)).hasSize(1);
    }

    @Test
    void what_came_of_an_image_is_known_as_long_as_it_is_stored() {
        var app = repository("app");
        put(RULES);
        var image = change(app, Kind.PUSH, "one");
        write(tx -> tx.replication().put(image, new Result(THERE.toString(), "No"), NOW));
        write(tx -> tx.replication().put(image, new Result(OTHERS.toString(), null), NOW));
        write(tx -> tx.replication().put(image, new Result(THERE.toString(), null), NOW));

        assertThat(listed(tx -> tx.replication().results(image)))
                .containsExactly(new Result(THERE.toString(), null), new Result(OTHERS.toString(), null));
        write(tx -> tx.images().delete(app, image));
        assertThat(listed(tx -> tx.replication().results(image))).isEmpty();
        write(tx -> tx.replication().put(image, new Result(THERE.toString(), null), NOW));
        assertThat(listed(tx -> tx.replication().results(image))).isEmpty();
    }

    @Test
    void where_an_image_goes_is_known_from_its_push_on() {
        var app = repository("app");
        put(RULES);
        change(app, Kind.PUSH, "one");
        change(app, Kind.PUSH, "two");

        assertThat(listed(tx -> tx.replication().freshOf(app, digest("one")))).hasSize(1);
        assertThat(waitingFor(app, "one")).isEmpty();
        queue(THERE);
        change(app, Kind.DELETE, "two");
        queue(OTHERS);

        assertThat(listed(tx -> tx.replication().freshOf(app, digest("one")))).isEmpty();
        assertThat(waitingFor(app, "one")).containsExactly(THERE.toString());
        assertThat(waitingFor(app, "two")).containsExactly(THERE.toString());
    }

    private Set<String> waitingFor(Repository repository, String text) {
        return store().read(tx -> tx.replication().waitingFor(repository, digest(text)));
    }

    @Test
    void how_much_waits_is_counted() {
        var app = repository("app");
        put(RULES);
        change(app, Kind.PUSH, "one");
        assertThat(found(tx -> tx.replication().freshAmount())).hasValueSatisfying(amount -> {
            assertThat(amount.changes()).isOne();
            assertThat(amount.oldest()).isEqualTo(NOW);
        });

        queue(THERE);
        change(app, Kind.PUSH, "two");
        queue(OTHERS);
        assertThat(found(tx -> tx.replication().freshAmount())).isEmpty();
        Map<String, Replication.Amount> amounts = mapped(tx -> tx.replication().amounts());
        assertThat(amounts).hasSize(2);
        assertThat(amounts.get(OTHERS.toString())).isEqualTo(new Replication.Amount(1, NOW, null));
    }
}
