package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.RegistryId;
import entrepot.domain.ReplicationRules;
import entrepot.domain.ReplicationRules.Rule;
import entrepot.domain.Repository;
import entrepot.domain.Tag;
import entrepot.store.Backfills.Backfill;
import entrepot.store.Backfills.Counts;
import entrepot.store.Backfills.Entry;
import entrepot.store.Backfills.Status;
import entrepot.store.Events.Line;
import entrepot.store.Replication.Change;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

public abstract class BackfillsContract extends TablesContract {

    private static final RegistryId THERE = new RegistryId(REGISTRY.account(), "us-east-1");
    private static final RegistryId BEYOND = new RegistryId(REGISTRY.account(), "us-west-2");
    private static final ReplicationRules RULES =
            new ReplicationRules(List.of(new Rule(List.of(THERE, BEYOND), List.of(), null)));

    private Optional<Backfill> start(String uuid, RegistryId destination) {
        return store().transact(tx -> tx.backfills().start(uuid, REGISTRY, destination, RULES, NOW));
    }

    private Backfill started(String uuid, RegistryId destination) {
        return start(uuid, destination).orElseThrow();
    }

    private Backfill find(String uuid) {
        return found(tx -> tx.backfills().find(REGISTRY, uuid)).orElseThrow();
    }

    private Change add(Backfill backfill, Repository app, String text, @Nullable String tag) {
        return store().transact(tx -> {
            var image = tx.images().find(app, digest(text)).orElseGet(() -> image(tx, app, text));
            var change = tx.replication().add(backfill.id(), app, image, tag == null ? null : new Tag(tag), NOW);
            tx.replication().queue(backfill.destination(), List.of(change.id()), NOW);
            tx.backfills().add(backfill, change, text.equals("list"));
            return change;
        });
    }

    private List<Entry> entries(Backfill backfill, @Nullable Status which, long after, int limit) {
        return listed(tx -> tx.backfills().entries(backfill, which, after, limit));
    }

    private static Line line(Repository repository) {
        return new Line(THERE.toString(), repository.arn().value(), 0);
    }

    @Test
    void one_that_begins_is_found_as_it_is() {
        var begun = started("u1", THERE);

        assertThat(begun)
                .isEqualTo(new Backfill(
                        begun.id(), "u1", REGISTRY, THERE, RULES, Status.PREPARING, null, -1, "", 0, NOW, null));
        assertThat(find("u1")).isEqualTo(begun);
        assertThat(found(tx -> tx.backfills().find(begun.id()))).contains(begun);
        assertThat(found(tx -> tx.backfills().find(THERE, "u1"))).isEmpty();
        assertThat(found(tx -> tx.backfills().find(REGISTRY, "u2"))).isEmpty();
    }

    @Test
    void there_is_one_for_a_region_until_it_is_over() {
        var first = started("u1", THERE);
        assertThat(start("u2", THERE)).isEmpty();
        started("u3", BEYOND);
        assertThat(listed(tx -> tx.backfills().running(REGISTRY))).hasSize(2);

        write(tx -> tx.backfills().end(first, Status.FAILED, "Why", NOW.plusSeconds(1)));
        assertThat(find("u1").status()).isEqualTo(Status.FAILED);
        assertThat(find("u1").failure()).isEqualTo("Why");
        assertThat(find("u1").endedAt()).isEqualTo(NOW.plusSeconds(1));
        assertThat(start("u4", THERE)).isPresent();
        assertThat(listed(tx -> tx.backfills().running()))
                .extracting(Backfill::uuid)
                .containsExactly("u3", "u4");
    }

    @Test
    void pages_begin_with_the_latest() {
        for (int i = 0; i < 5; i++) {
            var begun = started("u" + i, THERE);
            write(tx -> tx.backfills().end(begun, Status.COMPLETE, null, NOW));
        }
        var first = listed(tx -> tx.backfills().page(REGISTRY, null, 3));
        assertThat(first).extracting(Backfill::uuid).containsExactly("u4", "u3", "u2");
        assertThat(listed(tx -> tx.backfills().page(REGISTRY, first.getLast().id(), 3)))
                .extracting(Backfill::uuid)
                .containsExactly("u1", "u0");
        assertThat(listed(tx -> tx.backfills().page(THERE, null, 3))).isEmpty();
    }

    @Test
    void its_images_are_counted_and_shown_when_something_has_come_of_them() {
        var app = repository("app");
        var begun = started("u1", THERE);
        var one = add(begun, app, "one", "v1");
        var list = add(begun, app, "list", null);
        var three = add(begun, app, "three", null);
        write(tx -> tx.backfills().advance(begun, "app", 7));
        write(tx -> tx.backfills().prepared(begun));
        assertThat(find("u1").total()).isEqualTo(3);
        assertThat(find("u1").status()).isEqualTo(Status.IN_PROGRESS);
        assertThat(find("u1").afterRepository()).isEqualTo("app");
        assertThat(find("u1").afterImage()).isEqualTo(7);
        assertThat(entries(begun, null, 0, 9)).isEmpty();

        write(tx -> tx.backfills().result(one, null, List.of()));
        write(tx -> tx.backfills().result(list, "AccessDenied", List.of("A", "B")));
        assertThat(holds(tx -> tx.backfills().isDone(begun))).isFalse();
        write(tx -> tx.backfills().result(three, "AccessDenied", List.of("A")));

        var entryOfOne = new Entry(one.id(), app.name(), digest("one"), new Tag("v1"), Status.COMPLETE, null, null);
        var entryOfList = new Entry(
                list.id(), app.name(), digest("list"), null, Status.FAILED, "AccessDenied", List.of("A", "B"));
        assertThat(holds(tx -> tx.backfills().isDone(begun))).isTrue();
        assertThat(store().<Counts>read(tx -> tx.backfills().counts(begun)))
                .isEqualTo(new Counts(1, 2, List.of("AccessDenied")));
        assertThat(entries(begun, null, 0, 2)).containsExactly(entryOfOne, entryOfList);
        assertThat(entries(begun, null, list.id(), 2)).extracting(Entry::id).containsExactly(three.id());
        assertThat(entries(begun, Status.FAILED, 0, 1)).containsExactly(entryOfList);
        assertThat(entries(begun, Status.COMPLETE, 0, 9)).containsExactly(entryOfOne);
    }

    @Test
    void what_waits_for_it_can_be_dropped() {
        var app = repository("app");
        var begun = started("u1", THERE);
        var one = add(begun, app, "one", "v1");
        add(begun, app, "two", "v2");
        write(tx -> tx.backfills().result(one, null, List.of()));
        write(tx -> tx.replication().done(line(app), one, NOW));
        write(tx -> tx.backfills().stop(begun));
        assertThat(find("u1").status()).isEqualTo(Status.STOPPING);

        assertThat(store().<Integer>transact(tx -> tx.backfills().drop(begun, 9)))
                .isOne();
        assertThat(store().<Integer>transact(tx -> tx.backfills().drop(begun, 9)))
                .isZero();
        assertThat(listed(tx -> tx.replication().waiting(line(app), 9))).isEmpty();
        assertThat(entries(begun, null, 0, 9)).extracting(Entry::id).containsExactly(one.id());
        write(tx -> tx.replication().dissolve(line(app)));
        assertThat(listed(tx -> tx.replication().destinations())).isEmpty();
    }

    @Test
    void those_that_ended_long_ago_are_forgotten() {
        var app = repository("app");
        var old = started("u1", THERE);
        add(old, app, "one", null);
        write(tx -> tx.backfills().end(old, Status.STOPPED, null, NOW));
        started("u2", THERE);

        write(tx -> tx.backfills().forget(NOW));
        assertThat(listed(tx -> tx.backfills().page(REGISTRY, null, 9))).hasSize(2);
        write(tx -> tx.backfills().forget(NOW.plusSeconds(1)));
        assertThat(listed(tx -> tx.backfills().page(REGISTRY, null, 9)))
                .extracting(Backfill::uuid)
                .containsExactly("u2");
    }
}
