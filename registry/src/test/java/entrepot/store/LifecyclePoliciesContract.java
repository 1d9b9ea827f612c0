package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Repository;
import entrepot.store.LifecyclePolicies.StoredPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

public abstract class LifecyclePoliciesContract extends TablesContract {

    private static final Duration DAY = Duration.ofDays(1);
    private static final StoredPolicy FIRST = new StoredPolicy("1", "{\"a\":1}", null);
    private static final StoredPolicy SECOND = new StoredPolicy("2", "{}", null);

    @Test
    void a_policy_is_put_replaced_and_deleted() {
        var app = repository("app");
        var other = repository("other");
        assertThat(of(app)).isEmpty();

        put(app, FIRST, NOW);
        assertThat(of(app)).hasValue(FIRST);
        assertThat(of(other)).isEmpty();

        put(app, SECOND, NOW);
        assertThat(of(app)).hasValue(SECOND);

        write(tx -> tx.lifecyclePolicies().delete(app));
        write(tx -> tx.lifecyclePolicies().delete(app));
        assertThat(of(app)).isEmpty();
    }

    @Test
    void those_are_due_whose_time_has_come_the_longest_due_first() {
        var late = repository("late");
        var later = repository("later");
        put(later, FIRST, NOW.minusSeconds(1));
        put(late, FIRST, NOW.minusSeconds(2));
        put(repository("soon"), FIRST, NOW.plusSeconds(1));

        assertThat(due(NOW, 9)).containsExactly(late.id(), later.id());
        assertThat(due(NOW, 1)).containsExactly(late.id());
    }

    @Test
    void what_is_due_later_than_any_can_be_is_due() {
        var app = repository("app");
        put(app, FIRST, NOW.plus(DAY));
        assertThat(due(NOW, 9)).isEmpty();

        assertThat(due(NOW.minus(DAY), 9)).containsExactly(app.id());
    }

    @Test
    void a_policy_that_was_run_is_due_again_later_and_says_when_it_was() {
        var app = repository("app");
        put(app, FIRST, NOW);

        write(tx -> tx.lifecyclePolicies().evaluated(app, FIRST, NOW, NOW.plus(DAY)));

        assertThat(of(app)).hasValue(new StoredPolicy("1", "{\"a\":1}", NOW));
        assertThat(due(NOW, 9)).isEmpty();
        assertThat(due(NOW.plus(DAY), 9)).containsExactly(app.id());
    }

    @Test
    void the_run_of_another_policy_is_not_this_ones() {
        var app = repository("app");
        put(app, SECOND, NOW);

        write(tx -> tx.lifecyclePolicies().evaluated(app, FIRST, NOW, NOW.plus(DAY)));

        assertThat(of(app)).hasValue(SECOND);
        assertThat(due(NOW, 9)).containsExactly(app.id());
    }

    @Test
    void a_deleted_repository_has_none_and_none_is_due() {
        var app = repository("app");
        put(app, FIRST, NOW);

        write(tx -> tx.repositories().delete(app, NOW));

        assertThat(due(NOW, 9)).isEmpty();
        assertThat(of(repository("app"))).isEmpty();
        assertThat(listed(tx -> tx.lifecyclePolicies().repositories(0, 9))).isEmpty();
    }

    @Test
    void repositories_with_a_policy_come_in_pages() {
        var first = repository("bb");
        var second = repository("aa");
        repository("without");
        put(first, FIRST, NOW);
        put(second, FIRST, NOW);

        assertThat(listed(tx -> tx.lifecyclePolicies().repositories(0, 1))).containsExactly(first.id());
        assertThat(listed(tx -> tx.lifecyclePolicies().repositories(first.id(), 9)))
                .containsExactly(second.id());
    }

    private void put(Repository repository, StoredPolicy policy, Instant due) {
        write(tx -> tx.lifecyclePolicies().put(repository, policy, due));
    }

    private Optional<StoredPolicy> of(Repository repository) {
        return found(tx -> tx.lifecyclePolicies().find(repository));
    }

    private List<Long> due(Instant now, int limit) {
        return listed(tx -> tx.lifecyclePolicies().due(now, now.plus(DAY), limit));
    }
}
