package entrepot.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.AccountId;
import entrepot.domain.EveryApiError;
import entrepot.domain.RegistryException;
import entrepot.store.Line;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A database that goes away and comes again.
class OutageTest {

    private static final AccountId ACCOUNT = new AccountId("123456789012");
    private static final Duration LONG = Duration.ofSeconds(60);

    private Line line;
    private PostgresMetadataStore store;

    @BeforeEach
    void open_a_store() {
        var place = TestPostgres.place();
        line = new Line(TestPostgres.port());
        store = PostgresMetadataStore.open(TestPostgres.through(line.port(), place), TestPostgres.KEY);
    }

    @AfterEach
    void close_the_store() throws IOException {
        store.close();
        line.close();
    }

    @Test
    void what_cannot_be_reached_is_told_and_well_again_when_it_is_back() {
        create();
        line.cut();

        assertUnavailable(this::create);
        assertUnavailable(() -> store.read(tx -> tx.accounts().exists(ACCOUNT)));
        assertUnavailable(() -> store.transactGuarded(tx -> tx.accounts().exists(ACCOUNT)));

        line.mend();
        assertThat(wellAgain()).isTrue();
    }

    private boolean wellAgain() {
        var end = System.nanoTime() + LONG.toNanos();
        while (true) {
            try {
                return store.read(tx -> tx.accounts().exists(ACCOUNT));
            } catch (RegistryException e) {
                assertThat(System.nanoTime()).isLessThan(end);
            }
        }
    }

    /// Connections that were cut since they were used last cost no answer.
    @Test
    void a_cut_between_requests_is_not_noticed() {
        create();
        line.cut();
        line.mend();

        assertThat(store.<Boolean>read(tx -> tx.accounts().exists(ACCOUNT))).isTrue();
        create();
    }

    @Test
    void nobody_is_remembered_as_allowed_while_it_cannot_be_asked() throws Exception {
        assertThat(store.accessChanges()).isNotNegative();
        line.cut();
        Thread.sleep(1_100);

        assertUnavailable(() -> store.accessChanges());

        line.mend();
        assertThat(wellAgain()).isFalse(); // there is no account
        assertThat(store.accessChanges()).isNotNegative();
    }

    @Test
    void a_transaction_that_is_cut_in_the_middle_leaves_nothing() {
        var tried = new AtomicInteger();

        assertUnavailable(() -> store.transact(tx -> {
            tx.accounts().create(ACCOUNT, Instant.EPOCH);
            tried.incrementAndGet();
            line.cut();
            line.mend();
            return tx.accounts().exists(ACCOUNT);
        }));
        assertThat(tried).hasValueGreaterThan(1);
        assertThat(wellAgain()).isFalse();
    }

    /// None waits for those before it.
    @Test
    void a_crowd_is_told_in_bounded_time() throws Exception {
        line.cut();
        var from = System.nanoTime();
        List<Future<Boolean>> outcomes;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> ask = () -> store.read(tx -> tx.accounts().exists(ACCOUNT));
            outcomes = threads.invokeAll(Collections.nCopies(100, ask));
        }

        assertThat(outcomes).allSatisfy(each -> assertThat(each.state()).isEqualTo(Future.State.FAILED));
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(LONG);
    }

    private void create() {
        store.transact(tx -> {
            tx.accounts().create(ACCOUNT, Instant.EPOCH);
            return true;
        });
    }

    private static void assertUnavailable(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.error()).isEqualTo(new EveryApiError.Unavailable()));
    }
}
