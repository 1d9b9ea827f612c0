package entrepot.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.BlobKey;
import entrepot.domain.EveryApiError;
import entrepot.domain.LayerError;
import entrepot.domain.RegistryException;
import entrepot.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private static final Instant NOW = Instant.EPOCH;

    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<Caller> callers = new ArrayList<>();
    private SqliteMetadataStore store;

    @BeforeEach
    void open_a_store() {
        store = SqliteMetadataStore.inMemory();
    }

    @AfterEach
    void close_the_store() {
        gate.countDown();
        store.close();
    }

    @Test
    void those_who_wait_while_the_writer_is_busy_share_one_commit() throws Exception {
        keepTheWriterBusy();
        var writes = new ArrayList<Caller>();
        for (int i = 0; i < 100; i++) {
            writes.add(submit(GroupCommitTest::write));
        }
        openTheGate();
        for (var write : writes) {
            assertThat(write.get()).isTrue();
        }

        assertThat(store.commits()).isEqualTo(2);
        assertThat(written()).isEqualTo(100);
    }

    @Test
    void a_refusal_costs_its_group_nothing() throws Exception {
        keepTheWriterBusy();
        var before = submit(GroupCommitTest::write);
        var refused = submit(tx -> refuse());
        var after = submit(GroupCommitTest::write);
        openTheGate();

        assertThat(before.get()).isTrue();
        assertThat(after.get()).isTrue();
        assertThatThrownBy(refused::get).hasCauseInstanceOf(RegistryException.class);
        assertThat(store.commits()).isEqualTo(2);
        assertThat(written()).isEqualTo(2);
    }

    @Test
    void after_a_failure_each_of_the_group_is_committed_alone() throws Exception {
        keepTheWriterBusy();
        var before = submit(GroupCommitTest::write);
        var failed = submit(tx -> {
            write(tx);
            throw new UnsupportedOperationException();
        });
        var refusedTooLate = submit(tx -> {
            write(tx);
            refuse();
        });
        var after = submit(GroupCommitTest::write);
        openTheGate();

        assertThat(before.get()).isTrue();
        assertThat(after.get()).isTrue();
        assertThatThrownBy(failed::get).hasCauseInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(refusedTooLate::get).hasCauseInstanceOf(RegistryException.class);
        assertThat(store.commits()).isEqualTo(3);
        assertThat(written()).isEqualTo(2);
    }

    @Test
    void a_refusal_of_the_first_try_is_not_kept_when_the_group_is_run_again() throws Exception {
        keepTheWriterBusy();
        var tries = new ArrayList<Integer>();
        var refusedOnce = submit(tx -> {
            tries.add(tries.size());
            if (tries.size() == 1) {
                refuse();
            }
        });
        submit(tx -> {
            throw new UnsupportedOperationException();
        });
        openTheGate();

        assertThat(refusedOnce.get()).isTrue();
        assertThat(tries).hasSize(2);
    }

    @Test
    void when_too_many_wait_the_next_is_told_to_come_later() throws Exception {
        keepTheWriterBusy();
        for (int i = 0; i < 4096; i++) {
            submit(GroupCommitTest::write);
        }
        waitForAll();

        assertThatThrownBy(() -> store.transact(tx -> true))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.error()).isEqualTo(new EveryApiError.Throttling()));
        gate.countDown();
        store.close();
        assertThat(store.commits()).isLessThan(30);
    }

    @Test
    void closing_finishes_what_waits() throws Exception {
        keepTheWriterBusy();
        var write = submit(GroupCommitTest::write);
        waitForAll();
        var closing = Thread.ofVirtual().start(store::close);
        gate.countDown();

        assertThat(write.get()).isTrue();
        assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void an_interrupted_caller_is_told_the_outcome_all_the_same() throws Exception {
        keepTheWriterBusy();
        var interrupted = call(() ->
                store.<Boolean>transact(tx -> true) && Thread.currentThread().isInterrupted());
        waitForAll();
        interrupted.thread().interrupt();
        gate.countDown();

        assertThat(interrupted.get()).isTrue();
    }

    private static void write(Transaction tx) {
        tx.layers().discard(new BlobKey(UUID.randomUUID().toString()), NOW);
    }

    private static void refuse() {
        throw new RegistryException(new LayerError.LayerPartTooSmall());
    }

    private int written() {
        return store.read(tx -> tx.layers().discarded(NOW, 1_000)).size();
    }

    /// The writer's next transaction waits at the gate, and all others behind it.
    private void keepTheWriterBusy() throws InterruptedException {
        var begun = new CountDownLatch(1);
        submit(tx -> {
            begun.countDown();
            await(gate);
        });
        begun.await();
    }

    private void openTheGate() throws InterruptedException {
        waitForAll();
        gate.countDown();
    }

    /// Every caller waits for its outcome, so its work is in the queue: waiting for the queue itself is over by the
    /// second look.
    private void waitForAll() throws InterruptedException {
        for (var caller : callers) {
            waitFor(caller.thread());
        }
        Thread.sleep(10);
        for (var caller : callers) {
            waitFor(caller.thread());
        }
    }

    private static void waitFor(Thread thread) throws InterruptedException {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
    }

    private Caller submit(Consumer<Transaction> work) {
        return call(() -> store.transact(tx -> {
            work.accept(tx);
            return true;
        }));
    }

    private Caller call(Callable<Boolean> callable) {
        var task = new FutureTask<>(callable);
        var caller = new Caller(Thread.ofVirtual().start(task), task);
        callers.add(caller);
        return caller;
    }

    private record Caller(Thread thread, FutureTask<Boolean> outcome) {
        boolean get() throws Exception {
            return outcome.get();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
