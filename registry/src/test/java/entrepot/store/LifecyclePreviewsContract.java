package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.ImageAction;
import entrepot.domain.Repository;
import entrepot.domain.StorageClass;
import entrepot.domain.Tag;
import entrepot.store.LifecyclePreviews.Placed;
import entrepot.store.LifecyclePreviews.Preview;
import entrepot.store.LifecyclePreviews.Result;
import entrepot.store.LifecyclePreviews.State;
import entrepot.store.LifecyclePreviews.Totals;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

public abstract class LifecyclePreviewsContract extends TablesContract {

    private static final Instant LATER = NOW.plusSeconds(60);

    @Test
    void the_newest_one_is_the_repositorys_and_the_others_are_to_go() {
        var app = repository("app");
        assertThat(of(app)).isEmpty();

        var first = start(app);
        assertThat(of(app)).hasValue(first);
        assertThat(first).isEqualTo(new Preview(first.id(), app.id(), "{}", State.IN_PROGRESS, NOW, new Totals(0, 0)));

        var second = start(app);
        assertThat(of(app)).hasValue(second);
        assertThat(in(State.IN_PROGRESS)).containsExactly(second);
        assertThat(in(State.REPLACED)).extracting(Preview::id).containsExactly(first.id());

        write(tx -> tx.lifecyclePreviews().remove(first));
        assertThat(in(State.REPLACED)).isEmpty();
    }

    @Test
    void one_makes_it_at_a_time_until_its_claim_is_over() {
        var preview = start(repository("app"));

        assertThat(claims(preview, NOW, LATER)).isTrue();
        assertThat(claims(preview, NOW, LATER)).isFalse();
        assertThat(claims(preview, LATER.plusMillis(1), LATER.plusSeconds(60))).isTrue();
        write(tx -> tx.lifecyclePreviews().keep(preview, LATER.plusSeconds(90)));
        assertThat(claims(preview, LATER.plusSeconds(61), LATER.plusSeconds(121)))
                .isFalse();
    }

    @Test
    void a_claim_from_before_the_clock_was_set_back_is_over() {
        var preview = start(repository("app"));
        assertThat(claims(preview, NOW.plusSeconds(9_000), NOW.plusSeconds(9_060)))
                .isTrue();

        assertThat(claims(preview, NOW, LATER)).isTrue();
    }

    @Test
    void it_is_completed_once_with_its_totals() {
        var app = repository("app");
        var preview = start(app);

        assertThat(completes(preview)).isTrue();
        assertThat(completes(preview)).isFalse();
        assertThat(claims(preview, NOW, LATER)).isFalse();
        assertThat(of(app).orElseThrow().state()).isEqualTo(State.COMPLETE);
        assertThat(of(app).orElseThrow().totals()).isEqualTo(new Totals(2, 1));
        assertThat(listed(tx -> tx.lifecyclePreviews().completeBefore(NOW, 9))).isEmpty();
        assertThat(listed(tx -> tx.lifecyclePreviews().completeBefore(LATER, 9)))
                .extracting(Preview::id)
                .containsExactly(preview.id());
    }

    @Test
    void results_come_in_pages_all_or_by_tags_and_by_digest() {
        var preview = start(repository("app"));
        var other = start(repository("other"));
        var all = List.of(result("a", "v1", "v2"), result("b"), result("c", "v3"), result("d"));
        write(tx -> tx.lifecyclePreviews().add(preview, 0, all.subList(0, 3)));
        write(tx -> tx.lifecyclePreviews().add(preview, 3, all.subList(3, 4)));

        assertThat(results(preview, 0, null, 9)).isEqualTo(placed(all, 1, 2, 3, 4));
        assertThat(results(preview, 1, null, 2)).isEqualTo(placed(all, 2, 3));
        assertThat(results(preview, 0, true, 9)).isEqualTo(placed(all, 1, 3));
        assertThat(results(preview, 2, false, 9)).isEqualTo(placed(all, 4));
        assertThat(results(other, 0, null, 9)).isEmpty();
        assertThat(found(tx -> tx.lifecyclePreviews().result(preview, digest("c"))))
                .hasValue(all.get(2));
        assertThat(found(tx -> tx.lifecyclePreviews().result(other, digest("c"))))
                .isEmpty();
    }

    @Test
    void results_go_some_at_a_time() {
        var preview = start(repository("app"));
        write(tx -> tx.lifecyclePreviews().add(preview, 0, List.of(result("a"), result("b"), result("c"))));

        assertThat(removes(preview, 2)).isTrue();
        assertThat(removes(preview, 2)).isFalse();
        assertThat(results(preview, 0, null, 9)).isEmpty();
    }

    @Test
    void all_of_them_go_with_a_deleted_repository() {
        var app = repository("app");
        var preview = start(app);
        write(tx -> tx.lifecyclePreviews().add(preview, 0, List.of(result("a"), result("b"))));
        write(tx -> tx.repositories().delete(app, NOW));

        while (store().transact(tx -> tx.repositories().purge(app.id(), 1))) {
            // row by row
        }

        assertThat(results(preview, 0, null, 9)).isEmpty();
        assertThat(in(State.IN_PROGRESS)).isEmpty();
    }

    private static Result result(String text, String... tags) {
        return new Result(
                digest(text),
                Stream.of(tags).map(Tag::new).toList(),
                NOW,
                StorageClass.STANDARD,
                text.equals("b") ? ImageAction.TRANSITION : ImageAction.EXPIRE,
                text.equals("d") ? null : 7);
    }

    private static List<Placed> placed(List<Result> results, int... places) {
        return IntStream.of(places)
                .mapToObj(place -> new Placed(place, results.get(place - 1)))
                .toList();
    }

    private Preview start(Repository repository) {
        return store().transact(tx -> tx.lifecyclePreviews().start(repository, "{}", NOW));
    }

    private Optional<Preview> of(Repository repository) {
        return found(tx -> tx.lifecyclePreviews().find(repository));
    }

    private List<Preview> in(State state) {
        return listed(tx -> tx.lifecyclePreviews().in(state, 9));
    }

    private boolean claims(Preview preview, Instant now, Instant until) {
        return store().transact(tx -> tx.lifecyclePreviews().claim(preview, now, until));
    }

    private boolean completes(Preview preview) {
        return store().transact(tx -> tx.lifecyclePreviews().complete(preview, new Totals(2, 1)));
    }

    private boolean removes(Preview preview, int limit) {
        return store().transact(tx -> tx.lifecyclePreviews().removeResults(preview, limit));
    }

    private List<Placed> results(Preview preview, int after, @Nullable Boolean tagged, int limit) {
        return listed(tx -> tx.lifecyclePreviews().results(preview, after, tagged, limit));
    }
}
