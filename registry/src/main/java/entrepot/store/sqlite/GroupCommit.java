package entrepot.store.sqlite;

import entrepot.domain.EveryApiError;
import entrepot.domain.Haste;
import entrepot.domain.RegistryException;
import entrepot.store.Transaction;
import entrepot.store.sql.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// One thread that writes, and makes many transactions durable with one commit.
///
/// Whoever waits while one group is being committed is the next group; nobody is delayed to make a group larger.
/// A refusal before its first write leaves nothing behind, so its neighbours are committed all the same and no
/// savepoint is needed. After any other failure the group is rolled back and each of its members is run again,
/// alone. Results are given out after the commit only.
///
/// A thread of the platform, since a commit in native code holds its carrier: few virtual threads could commit at
/// once, and no group would form.
final class GroupCommit {

    /// Transactions; who comes later is told to come again.
    private static final int MOST_WAITING = 4096;

    /// Transactions in a commit. Their bytes are bounded by the memory that requests may hold.
    private static final int MOST_TOGETHER = 256;

    /// Who are woken together.
    private static final int MANY = 4;

    private final Sql sql;
    private final Transaction transaction;
    private final BlockingQueue<Write<?>> queue = new LinkedBlockingQueue<>();
    private final Write<Boolean> last = new Write<>(transaction -> true);
    private final AtomicLong commits = new AtomicLong();
    private final AtomicLong accessChanges = new AtomicLong();
    /// Odd while something is being committed.
    private final AtomicLong state = new AtomicLong();
    private boolean closed;

    GroupCommit(Sql sql, Transaction transaction) {
        this.sql = sql;
        this.transaction = transaction;
    }

    void start() {
        Thread.ofPlatform().name("metadata-writer").daemon().start(this::work);
    }

    /// Returns when the work is durable.
    <T> T run(Function<Transaction, T> work) {
        Haste.refuse();
        var write = new Write<>(work);
        enqueue(write);
        return write.await();
    }

    /// How many commits there were.
    long commits() {
        return commits.get();
    }

    /// How many statements it has run.
    long statements() {
        return sql.messages();
    }

    /// Grows with each commit that may have changed who may do what, before its members are told.
    long accessChanges() {
        return accessChanges.get();
    }

    /// Another one after each commit, whether that has succeeded or not, and none while it is on its way: some see
    /// it by then, and others do not yet.
    OptionalLong state() {
        var now = state.get();
        return now % 2 == 0 ? OptionalLong.of(now) : OptionalLong.empty();
    }

    /// Finishes all that waits, and takes no more. Says whether it was open.
    boolean close() {
        var wasOpen = shut();
        last.await();
        return wasOpen;
    }

    private synchronized boolean shut() {
        if (closed) {
            return false;
        }
        closed = true;
        queue.add(last);
        return true;
    }

    private synchronized void enqueue(Write<?> write) {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
        if (queue.size() >= MOST_WAITING) {
            throw new RegistryException(new EveryApiError.Throttling());
        }
        queue.add(write);
    }

    private void work() {
        var group = new ArrayList<Write<?>>(MOST_TOGETHER);
        do {
            group.clear();
            group.add(next());
            queue.drainTo(group, MOST_TOGETHER - 1);
            commitOrFail(group);
            finish(List.copyOf(group));
        } while (!group.contains(last));
    }

    /// Many are woken by one of them: from here each would take a carrier of virtual threads of its own to be woken.
    private static void finish(List<Write<?>> group) {
        if (group.size() < MANY) {
            group.forEach(Write::finish);
        } else {
            Thread.startVirtualThread(() -> group.forEach(Write::finish));
        }
    }

    private Write<?> next() {
        while (true) {
            try {
                return queue.take();
            } catch (InterruptedException nobodyHasAReasonTo) {
                // and the writer must live as long as the store
            }
        }
    }

    /// Whatever happens, those who wait are told, and the writer lives on.
    private void commitOrFail(List<Write<?>> group) {
        try {
            commit(group);
        } catch (RuntimeException | Error e) {
            group.forEach(write -> write.fail(e));
        }
    }

    private void commit(List<Write<?>> group) {
        try {
            sql.execute(Sqlite.BEGIN_WRITING);
            group.forEach(write -> write.run(transaction, sql));
            makeDurable();
            commits.incrementAndGet();
            accessChanges.set(sql.accessChanges());
        } catch (RuntimeException | Error e) {
            sql.rollback();
            if (group.size() == 1) {
                group.getFirst().fail(Sqlite.failure(e));
            } else {
                group.forEach(write -> commit(List.of(write)));
            }
        }
    }

    private void makeDurable() {
        state.incrementAndGet();
        try {
            sql.execute("commit");
        } finally {
            state.incrementAndGet();
        }
    }
}
