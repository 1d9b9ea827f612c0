package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.ManifestBytes;
import entrepot.domain.RegistryException;
import entrepot.domain.Repository;
import entrepot.domain.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class TransactionsContract extends TablesContract {

    private static final int CALLERS = 64;

    private Repository repository;

    @BeforeEach
    void make_a_repository() {
        repository = repository("app");
    }

    @Test
    void a_transaction_gives_what_its_work_gives() {
        assertThat(store().<String>transact(tx -> "done")).isEqualTo("done");
        assertThat(store().<String>read(tx -> "seen")).isEqualTo("seen");
    }

    @Test
    void a_store_that_is_open_can_be_used() {
        assertThatCode(store()::check).doesNotThrowAnyException();
        assertThatCode(store()::checkSchema).doesNotThrowAnyException();
    }

    @Test
    void what_is_stored_has_no_number_or_another_one_after_each_write() {
        var before = store().state();
        write(tx -> image(tx, repository, "a", "latest"));
        var after = store().state();

        assertThat(after.isEmpty() || !after.equals(before)).isTrue();
        assertThat(after.isPresent()).isEqualTo(before.isPresent()).isEqualTo(!store().isShared());
    }

    @Test
    void a_transaction_sees_its_own_writes() {
        assertThat(store().<Boolean>transact(tx -> {
                    image(tx, repository, "a", "latest");
                    return tx.images().find(repository, new Tag("latest")).isPresent();
                }))
                .isTrue();
    }

    @Test
    void a_refusal_reaches_the_caller_as_it_was_made() {
        var refusal = refusal();

        assertThatThrownBy(() -> write(tx -> {
                    throw refusal;
                }))
                .isSameAs(refusal);
    }

    @Test
    void a_refusal_after_a_write_leaves_nothing_behind() {
        var refusal = refusal();

        assertThatThrownBy(() -> write(tx -> {
                    image(tx, repository, "a");
                    throw refusal;
                }))
                .isSameAs(refusal);
        assertThat(isStored("a")).isFalse();
    }

    @Test
    void an_unexpected_failure_leaves_nothing_behind_and_the_store_goes_on() {
        var failure = new UnsupportedOperationException();

        assertThatThrownBy(() -> write(tx -> {
                    image(tx, repository, "a");
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(isStored("a")).isFalse();
        write(tx -> image(tx, repository, "a"));
        assertThat(isStored("a")).isTrue();
    }

    @Test
    void an_error_does_not_stop_the_store() {
        assertThatThrownBy(() -> write(tx -> {
                    image(tx, repository, "a");
                    throw new StackOverflowError();
                }))
                .isInstanceOf(StackOverflowError.class);

        write(tx -> image(tx, repository, "a"));
        assertThat(isStored("a")).isTrue();
    }

    @Test
    void refusals_and_failures_among_many_do_not_hurt_their_neighbours() throws Exception {
        var outcomes = together(i -> write(tx -> {
            if (i % 4 == 0) {
                throw refusal();
            }
            image(tx, repository, "image " + i);
            if (i % 4 == 1) {
                throw new UnsupportedOperationException();
            }
            if (i % 4 == 2) {
                throw refusal();
            }
        }));

        for (int i = 0; i < CALLERS; i++) {
            assertThat(isStored("image " + i)).isEqualTo(i % 4 == 3);
            if (i % 4 == 3) {
                outcomes.get(i).get();
            } else {
                assertThatThrownBy(outcomes.get(i)::get)
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(i % 4 == 1 ? UnsupportedOperationException.class : RegistryException.class);
            }
        }
        assertThat(images()).isEqualTo(CALLERS / 4);
    }

    @Test
    void many_callers_at_once_are_all_counted() throws Exception {
        var layer = store().transact(tx -> layer(tx, repository, "layer"));
        var outcomes = together(i -> {
            for (int n = 0; n < 10; n++) {
                var text = i + "." + n;
                write(tx -> {
                    var image = image(digest(text), Map.of(layer, "type/layer"), List.of());
                    var added = tx.images().add(repository, image, ManifestBytes.ofText(text), Cover.NONE);
                    tx.images().tag(repository, new Tag("latest"), added, NOW);
                });
            }
        });
        for (var outcome : outcomes) {
            outcome.get();
        }

        assertThat(images()).isEqualTo(CALLERS * 10);
        assertThat(listed(tx -> tx.images().images(repository, 0, true, 1_000))).hasSize(1);
    }

    @Test
    void a_name_wanted_by_many_at_once_is_given_to_one() throws Exception {
        var refused = new AtomicInteger();
        var outcomes = together(i -> {
            try {
                write(tx -> {
                    if (tx.repositories().find(REGISTRY, repository.name()).isPresent()) {
                        tx.repositories().delete(repository, NOW);
                    } else {
                        throw refusal();
                    }
                });
            } catch (RegistryException e) {
                refused.incrementAndGet();
            }
        });
        for (var outcome : outcomes) {
            outcome.get();
        }

        assertThat(refused).hasValue(CALLERS - 1);
    }

    @Test
    void a_read_sees_what_was_acknowledged_before_it() throws Exception {
        var outcomes = together(i -> {
            for (int n = 0; n < 10; n++) {
                var text = i + "." + n;
                write(tx -> image(tx, repository, text));
                assertThat(isStored(text)).isTrue();
            }
        });

        for (var outcome : outcomes) {
            outcome.get();
        }
    }

    @Test
    void a_read_is_on_one_snapshot() throws Exception {
        var outcomes = together(i -> {
            if (i % 2 == 0) {
                write(tx -> {
                    image(tx, repository, "a " + i);
                    image(tx, repository, "b " + i);
                });
            } else {
                assertThat(images() % 2).isZero();
                assertThat(holds(tx -> {
                            var first = tx.images().images(repository, 0, null, 1_000);
                            var second = tx.images().images(repository, 0, null, 1_000);
                            return first.equals(second);
                        }))
                        .isTrue();
            }
        });

        for (var outcome : outcomes) {
            outcome.get();
        }
    }

    @Test
    void writing_in_a_read_fails() {
        assertThatThrownBy(() -> store().read(tx -> image(tx, repository, "a")))
                .isInstanceOf(IllegalStateException.class);
        assertThat(isStored("a")).isFalse();
    }

    @Test
    void a_refusal_in_a_read_reaches_the_caller() {
        var refusal = refusal();

        assertThatThrownBy(() -> store().read(tx -> {
                    throw refusal;
                }))
                .isSameAs(refusal);
    }

    @Test
    void a_closed_store_takes_nothing_more_and_closing_it_again_is_not_an_error() {
        store().close();
        store().close();

        assertThatThrownBy(() -> write(tx -> image(tx, repository, "a"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> isStored("a")).isInstanceOf(IllegalStateException.class);
    }

    private interface Caller {
        void call(int number) throws Exception;
    }

    /// Runs as many callers at once as there are, on virtual threads.
    private static List<Future<?>> together(Caller caller) throws InterruptedException {
        var start = new CountDownLatch(1);
        var outcomes = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                var number = i;
                outcomes.add(threads.submit(() -> {
                    start.await();
                    caller.call(number);
                    return true;
                }));
            }
            start.countDown();
        }
        return outcomes;
    }

    private boolean isStored(String text) {
        return store().read(tx -> tx.images().find(repository, digest(text)).isPresent());
    }

    private long images() {
        return store().read(tx -> tx.images()
                .factsFor(repository, digest("any"), List.of(), List.of(), List.of())
                .images());
    }
}
