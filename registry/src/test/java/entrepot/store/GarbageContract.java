package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.BlobKey;
import entrepot.domain.Digest;
import entrepot.domain.Encryption;
import entrepot.domain.ManifestBytes;
import entrepot.domain.Repository;
import entrepot.job.Sweep;
import entrepot.store.Garbage.Amount;
import entrepot.store.Garbage.Discarded;
import entrepot.store.Garbage.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What comes out of use, when, and who keeps it.
public abstract class GarbageContract extends TablesContract {

    private static final Duration GRACE = Duration.ofHours(1);
    private static final Duration STAY = Duration.ofHours(2);

    private Repository app;
    private Repository other;

    @BeforeEach
    void make_repositories() {
        app = repository("app");
        other = repository("other");
    }

    private Instant now() {
        return store().read(tx -> tx.garbage().now());
    }

    private void pass(Duration time) {
        write(tx -> tx.garbage().advance("test", Duration.ZERO));
        write(tx -> tx.garbage().advance("test", time));
    }

    private <R> List<R> sweep(Function<Garbage, Waiting<R>> which) {
        var until = now().minus(GRACE);
        var due = listed(tx -> which.apply(tx.garbage()).due(until, 100));
        return store().transactGuarded(tx -> new Sweep<>(which.apply(tx.garbage()), until).run(due, NOW, STAY))
                .gone();
    }

    private void collect() {
        sweep(Garbage::links);
        sweep(Garbage::blobs);
    }

    private boolean has(Repository repository, String layer) {
        return mapped(tx -> tx.layers().find(repository, List.of(digest(layer))))
                .containsKey(digest(layer));
    }

    private boolean isStored(String layer) {
        return found(tx -> tx.layers().blob(digest(layer), Encryption.AES256)).isPresent();
    }

    private void image(String name, String... layers) {
        write(tx -> {
            var blobs = List.of(layers).stream().collect(Collectors.toMap(TablesContract::digest, _ -> "type"));
            tx.images().add(app, image(digest(name), blobs, List.of()), ManifestBytes.ofText(name), Cover.NONE);
        });
    }

    private void delete(String image) {
        write(tx -> tx.images().delete(app, tx.images().find(app, digest(image)).orElseThrow()));
    }

    @Test
    void its_time_goes_on_by_what_the_same_one_saw_pass() {
        var start = now();

        assertThat(store().<Boolean>transact(tx -> tx.garbage().advance("a", Duration.ofDays(1))))
                .isFalse();
        assertThat(now()).isEqualTo(start);
        assertThat(store().<Boolean>transact(tx -> tx.garbage().advance("a", Duration.ofMinutes(1))))
                .isTrue();
        assertThat(store().<Boolean>transact(tx -> tx.garbage().advance("b", Duration.ofMinutes(1))))
                .isFalse();
        assertThat(store().<Boolean>transact(tx -> tx.garbage().advance("a", Duration.ofMinutes(1))))
                .isFalse();
        assertThat(now()).isEqualTo(start.plus(Duration.ofMinutes(1)));
    }

    @Test
    void a_layer_that_no_image_ever_named_goes_after_the_grace_and_its_blob_with_it() {
        write(tx -> layer(tx, app, "a"));

        pass(GRACE.minusMillis(1));
        collect();
        assertThat(has(app, "a")).isTrue();
        pass(Duration.ofMillis(1));
        collect();

        assertThat(has(app, "a")).isFalse();
        assertThat(isStored("a")).isFalse();
    }

    @Test
    void bytes_go_when_both_the_clock_and_collections_own_time_say_so() {
        write(tx -> layer(tx, app, "a"));
        var key = layerOf(app, "a").key();
        pass(GRACE);
        collect();

        assertThat(discarded(NOW.plus(STAY))).isEmpty();
        pass(STAY);
        assertThat(discarded(NOW.plus(STAY).minusMillis(1))).isEmpty();
        assertThat(discarded(NOW.plus(STAY))).containsExactly(new Discarded(key, 1, 0, null));
    }

    @Test
    void bytes_may_be_hastened() {
        write(tx -> layer(tx, app, "a"));
        pass(GRACE);
        collect();

        assertThat(listed(tx -> tx.garbage().discarded(NOW, STAY.minusMillis(1), 10)))
                .isEmpty();
        assertThat(listed(tx -> tx.garbage().discarded(NOW, STAY, 10))).hasSize(1);
    }

    private List<Discarded> discarded(Instant clock) {
        return listed(tx -> tx.garbage().discarded(clock, Duration.ZERO, 10));
    }

    @Test
    void what_an_image_names_stays_until_the_last_one_is_gone_for_so_long() {
        write(tx -> List.of("a", "b").forEach(text -> layer(tx, app, text)));
        image("one", "a", "b");
        image("two", "a");
        pass(GRACE.multipliedBy(3));
        collect();
        delete("one");
        pass(GRACE);
        collect();
        assertThat(has(app, "a")).isTrue();
        assertThat(has(app, "b")).isFalse();

        delete("two");
        pass(GRACE.minusMillis(1));
        collect();
        assertThat(has(app, "a")).isTrue();
        pass(Duration.ofMillis(1));
        collect();
        assertThat(has(app, "a")).isFalse();
        assertThat(isStored("a")).isFalse();
    }

    @Test
    void a_blob_stays_as_long_as_one_repository_has_it() {
        write(tx -> layer(tx, app, "a"));
        write(tx -> tx.layers().link(other, blob(tx, "a"), NOW));
        write(tx -> tx.layers().unlink(app, digest("a")));
        pass(GRACE.minusMillis(1));
        write(tx -> tx.garbage().keep(other, List.of(digest("a"))));
        pass(GRACE.minusMillis(1));
        collect();
        assertThat(has(other, "a")).isTrue();
        assertThat(isStored("a")).isTrue();

        write(tx -> tx.layers().unlink(other, digest("a")));
        pass(GRACE);
        collect();
        assertThat(isStored("a")).isFalse();
    }

    private static Layers.Blob blob(Transaction tx, String text) {
        return tx.layers().blob(digest(text), Encryption.AES256).orElseThrow();
    }

    @Test
    void a_layer_that_is_linked_again_has_its_whole_time_again() {
        write(tx -> layer(tx, app, "a"));
        pass(GRACE);
        write(tx -> tx.layers().link(app, blob(tx, "a"), NOW));
        collect();
        assertThat(has(app, "a")).isTrue();
        pass(GRACE);
        collect();
        assertThat(has(app, "a")).isFalse();
    }

    @Test
    void only_a_layer_that_may_go_soon_is_old_and_who_keeps_it_makes_it_young() {
        write(tx -> layer(tx, app, "a"));
        write(tx -> layer(tx, app, "named"));
        image("one", "named");
        settle("named");
        pass(GRACE);
        assertThat(old()).containsExactlyInAnyOrderEntriesOf(Map.of(digest("a"), true, digest("named"), false));

        var kept = store().transactGuarded(tx -> tx.garbage().keep(app, List.of(digest("a"), digest("absent"))));

        assertThat(kept).containsOnlyKeys(digest("a"));
        assertThat(old().get(digest("a"))).isFalse();
        pass(GRACE.dividedBy(2));
        assertThat(old().get(digest("a"))).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(old().get(digest("a"))).isTrue();
    }

    private void settle(String layer) {
        var blob =
                found(tx -> tx.layers().blob(digest(layer), Encryption.AES256)).orElseThrow();
        var end = now();
        var rows = listed(tx -> tx.garbage().links().due(end, 10)).stream()
                .filter(link -> link.blob() == blob.id())
                .toList();
        write(tx -> tx.garbage().links().settle(rows));
    }

    private Map<Digest, Boolean> old() {
        var known = mapped(tx ->
                tx.garbage().find(app, List.of(digest("a"), digest("named"), digest("absent")), GRACE.dividedBy(2)));
        return known.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().isOld()));
    }

    @Test
    void what_a_deleted_repository_had_goes_if_no_other_has_it() {
        write(tx -> List.of("a", "shared").forEach(text -> layer(tx, app, text)));
        write(tx -> tx.layers().link(other, blob(tx, "shared"), NOW));
        image("one", "a", "shared");
        write(tx -> tx.repositories().delete(app, NOW));
        while (store().<Boolean>transact(tx -> tx.repositories().purge(app.id(), 2))) {
            // and on
        }
        assertThat(isStored("a")).isTrue();
        write(tx -> tx.garbage().keep(other, List.of(digest("shared"))));
        pass(GRACE);
        sweep(Garbage::blobs);

        assertThat(isStored("a")).isFalse();
        assertThat(isStored("shared")).isTrue();
        var end = now().plus(GRACE);
        assertThat(listed(tx -> tx.garbage().links().due(end, 10))).allMatch(link -> link.repository() == other.id());
    }

    @Test
    void what_nobody_wrote_down_is_found_by_a_walk() {
        write(tx -> List.of("a", "b", "c").forEach(text -> layer(tx, app, text)));
        image("one", "b");
        write(tx -> tx.layers().unlink(app, digest("c")));
        forgetAll();
        pass(GRACE);
        assertThat(store().<Instant>read(tx -> tx.garbage().walked())).isEqualTo(Instant.EPOCH);

        walk();

        assertThat(store().<Instant>read(tx -> tx.garbage().walked())).isEqualTo(now());
        pass(GRACE);
        collect();
        assertThat(has(app, "a")).isFalse();
        assertThat(has(app, "b")).isTrue();
        assertThat(isStored("c")).isFalse();
    }

    private void walk() {
        while (store().<Boolean>transactGuarded(tx -> tx.garbage().walk(2))) {
            // and on
        }
    }

    private void forgetAll() {
        var end = now().plus(GRACE);
        write(tx -> {
            tx.garbage().links().settle(tx.garbage().links().due(end, 100));
            tx.garbage().blobs().settle(tx.garbage().blobs().due(end, 100));
        });
    }

    @Test
    void what_is_freed_is_counted_once() {
        var key = newKey();
        write(tx -> tx.layers().discard(key, 7, NOW, Duration.ZERO));
        var due = discarded(NOW);
        assertThat(due).containsExactly(new Discarded(key, 7, 0, null));

        assertThat(store().<List<Discarded>>transactGuarded(tx -> tx.garbage().freed(due)))
                .isEqualTo(due);
        assertThat(store().<List<Discarded>>transactGuarded(tx -> tx.garbage().freed(due)))
                .isEmpty();
        write(tx -> tx.garbage().failed(due.getFirst(), "late", NOW));

        assertThat(store().read(tx -> tx.garbage().totals()).freed()).isEqualTo(new Amount(1, 7));
        assertThat(listed(tx -> tx.garbage().failed(10))).isEmpty();
    }

    @Test
    void what_fails_waits_and_says_why() {
        var key = newKey();
        write(tx -> tx.layers().discard(key, 7, NOW, Duration.ZERO));
        var due = discarded(NOW).getFirst();
        write(tx -> tx.garbage().failed(due, "no", NOW.plusSeconds(10)));

        assertThat(discarded(NOW.plusSeconds(9))).isEmpty();
        assertThat(discarded(NOW.plusSeconds(10))).containsExactly(new Discarded(key, 7, 1, "no"));
        assertThat(listed(tx -> tx.garbage().failed(10))).isEqualTo(discarded(NOW.plusSeconds(10)));
    }

    @Test
    void totals_count_each_blob_once_and_only_what_nobody_uses_as_waiting() {
        write(tx -> List.of("a", "bb", "ccc").forEach(text -> layer(tx, app, text)));
        write(tx -> tx.layers().link(other, blob(tx, "bb"), NOW));
        image("one", "bb");
        write(tx -> tx.layers().discard(newKey(), 10, NOW, STAY));

        var now = now();
        var totals = store().read(tx -> tx.garbage().totals());

        assertThat(totals.waiting()).isEqualTo(new Amount(3, 14));
        assertThat(totals.kept()).isEqualTo(new Amount(1, 2));
        assertThat(totals.since()).isEqualTo(now);
        assertThat(store().<Amount>read(tx -> tx.garbage().waiting(now))).isEqualTo(new Amount(2, 4));
        assertThat(store().<Amount>read(tx -> tx.garbage().waiting(now.minusMillis(1))))
                .isEqualTo(Amount.NONE);
        assertThat(store().<Amount>read(tx -> tx.garbage().discarded(NOW, STAY)))
                .isEqualTo(new Amount(1, 10));
        assertThat(store().<Amount>read(tx -> tx.garbage().discarded(NOW, Duration.ZERO)))
                .isEqualTo(Amount.NONE);
    }

    @Test
    void bytes_that_gave_way_to_others_are_not_those_that_go() {
        write(tx -> layer(tx, app, "a"));
        pass(GRACE);
        var again = newKey();
        write(tx -> tx.layers().store(digest("a"), 1, again, null, NOW));
        write(tx -> tx.layers().unlink(app, digest("a")));
        pass(GRACE.plus(STAY));
        collect();

        pass(STAY);
        assertThat(discarded(NOW.plus(STAY)).stream().map(Discarded::key).map(BlobKey::value))
                .containsExactly(again.value());
    }
}
