package entrepot.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import entrepot.domain.AccountId;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.TagMutability;
import entrepot.store.Transaction;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who wants a repository alone, while there is no moment at which nobody pushes into it.
class StarvationTest {

    private static final RegistryId REGISTRY = new RegistryId(new AccountId("123456789012"), "eu-west-1");
    private static final int PUSHERS = 6;
    private static final int PUSH_MILLIS = 200;

    private final PostgresMetadataStore store = PostgresMetadataStore.open(TestPostgres.place(), TestPostgres.KEY);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger pushes = new AtomicInteger();
    private Repository app;
    private volatile boolean over;

    @BeforeEach
    void make_a_repository() {
        app = store.transact(tx -> tx.repositories()
                .create(REGISTRY, new RepositoryName("app"), TagMutability.MUTABLE, false, Instant.EPOCH));
    }

    @AfterEach
    void close() {
        over = true;
        threads.close();
        store.close();
    }

    @Test
    void a_deletion_has_its_turn() throws Exception {
        assertHasTurn(tx -> tx.repositories().holdAlone(REGISTRY, app.name()).isPresent());
    }

    @Test
    void a_change_of_settings_has_its_turn() throws Exception {
        assertHasTurn(tx -> {
            tx.repositories().setScanOnPush(app, true);
            return true;
        });
    }

    @Test
    void a_change_of_its_policy_has_its_turn() throws Exception {
        assertHasTurn(tx -> {
            tx.resourcePolicies().putRepository(app, "{}");
            return true;
        });
    }

    private void assertHasTurn(Function<Transaction, Boolean> work) throws Exception {
        IntStream.range(0, PUSHERS).forEach(i -> threads.execute(() -> push(i)));
        while (pushes.get() < PUSHERS) {
            Thread.sleep(5);
        }
        assertThatCode(() -> store.transactGuarded(work)).doesNotThrowAnyException();
        assertThat(over).isFalse();
    }

    /// The next one begins before this one ends, as each begins at another time.
    private void push(int number) {
        sleep(number * PUSH_MILLIS / PUSHERS);
        while (!over) {
            store.<Boolean>transactGuarded(tx -> {
                var held = tx.repositories().hold(REGISTRY, app.name()).isPresent();
                pushes.incrementAndGet();
                sleep(PUSH_MILLIS);
                return held;
            });
        }
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
