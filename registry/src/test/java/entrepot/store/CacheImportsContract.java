package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Reference;
import entrepot.domain.Repository;
import entrepot.domain.Tag;
import entrepot.store.CacheImports.Import;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

public abstract class CacheImportsContract extends TablesContract {

    private static final Tag V1 = new Tag("v1");

    @Test
    void a_check_is_known_by_repository_and_name_until_the_next_one() {
        var app = repository("app");
        var other = repository("other");
        write(tx -> tx.cacheImports().checked(app, V1, NOW));
        write(tx -> tx.cacheImports().checked(app, digest("a"), NOW.plusSeconds(1)));

        assertThat(found(tx -> tx.cacheImports().checkedAt(app, V1))).contains(NOW);
        assertThat(found(tx -> tx.cacheImports().checkedAt(app, digest("a")))).contains(NOW.plusSeconds(1));
        assertThat(found(tx -> tx.cacheImports().checkedAt(other, V1))).isEmpty();
        assertThat(found(tx -> tx.cacheImports().checkedAt(app, new Tag("v2")))).isEmpty();

        write(tx -> tx.cacheImports().checked(app, V1, NOW.plusSeconds(9)));
        assertThat(found(tx -> tx.cacheImports().checkedAt(app, V1))).contains(NOW.plusSeconds(9));
    }

    @Test
    void those_are_due_whose_time_has_come_the_longest_due_first() {
        var app = repository("app");
        var late = put(app, V1, "a", NOW.minusSeconds(1));
        var later = put(app, digest("b"), "b", NOW.minusSeconds(2));
        var soon = put(app, new Tag("v2"), "c", NOW.plusSeconds(1));

        assertThat(due(NOW)).containsExactly(later, late);
        assertThat(found(tx -> tx.cacheImports().find(app, new Tag("v2")))).contains(soon);
    }

    @Test
    void one_takes_the_place_of_the_one_before_of_its_reference() {
        var app = repository("app");
        put(app, V1, "a", NOW);
        var second = put(app, V1, "b", NOW);

        assertThat(due(NOW)).containsExactly(second);
    }

    @Test
    void one_is_put_off_once_by_what_was_seen() {
        var app = repository("app");
        var seen = put(app, V1, "a", NOW);

        assertThat(isPutOff(seen, NOW.plusSeconds(5))).isTrue();
        assertThat(isPutOff(seen, NOW.plusSeconds(7))).isFalse();
        assertThat(due(NOW)).isEmpty();
        assertThat(due(NOW.plusSeconds(5)))
                .containsExactly(new Import(app.id(), V1, digest("a"), "ann", 3, NOW.plusSeconds(5)));
    }

    @Test
    void one_that_failed_waits_also_where_it_was_put_off_meanwhile() {
        var app = repository("app");
        var begun = put(app, V1, "a", NOW);
        assertThat(isPutOff(begun, NOW.plusSeconds(5))).isTrue();

        write(tx -> tx.cacheImports().failed(begun, 1, NOW.plusSeconds(9)));

        assertThat(due(NOW.plusSeconds(5))).isEmpty();
        assertThat(due(NOW.plusSeconds(9)))
                .containsExactly(new Import(app.id(), V1, digest("a"), "ann", 1, NOW.plusSeconds(9)));
    }

    @Test
    void one_ends_if_it_is_about_the_same_digest() {
        var app = repository("app");
        var first = put(app, V1, "a", NOW);
        var second = put(app, V1, "b", NOW);

        assertThat(isEnded(first)).isFalse();
        assertThat(due(NOW)).containsExactly(second);
        assertThat(isEnded(second)).isTrue();
        assertThat(due(NOW)).isEmpty();
        assertThat(isEnded(second)).isFalse();
    }

    @Test
    void what_was_to_come_to_a_deleted_repository_comes_no_more() {
        var app = repository("app");
        put(app, V1, "a", NOW);
        write(tx -> tx.cacheImports().checked(app, V1, NOW));
        write(tx -> tx.repositories().delete(app, NOW));
        assertThat(due(NOW)).isEmpty();

        write(tx -> {
            while (tx.repositories().purge(app.id(), 1)) {
                assertThat(tx).isNotNull();
            }
        });
        assertThat(found(tx -> tx.repositories().find(app.id()))).isEmpty();
    }

    private Import put(Repository repository, Reference reference, String text, Instant due) {
        var image = new Import(repository.id(), reference, digest(text), "ann", 0, due);
        write(tx -> tx.cacheImports().put(image));
        return image;
    }

    private List<Import> due(Instant now) {
        return listed(tx -> tx.cacheImports().due(now, 9));
    }

    private boolean isEnded(Import image) {
        return store().transact(tx -> tx.cacheImports().end(image));
    }

    private boolean isPutOff(Import seen, Instant until) {
        return store().transact(tx -> tx.cacheImports().postpone(seen, 3, until));
    }
}
