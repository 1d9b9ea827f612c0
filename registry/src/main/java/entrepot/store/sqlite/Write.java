package entrepot.store.sqlite;

import static java.util.Objects.requireNonNull;

import entrepot.domain.RegistryException;
import entrepot.store.Transaction;
import entrepot.store.sql.Sql;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Work that waits for the writer, and the thread that waits for its outcome.
final class Write<T> {

    private final Function<Transaction, T> work;
    private final CountDownLatch finished = new CountDownLatch(1);
    private @Nullable T result;
    private @Nullable Throwable failure;

    Write(Function<Transaction, T> work) {
        this.work = work;
    }

    /// A refusal is an outcome. One that comes after a write is a mistake of the work, and thrown like any other, so
    /// that no half of it is ever committed.
    void run(Transaction transaction, Sql sql) {
        failure = null;
        var writes = sql.writes();
        try {
            result = work.apply(transaction);
        } catch (RegistryException refusal) {
            if (sql.writes() != writes) {
                throw refusal;
            }
            failure = refusal;
        }
    }

    void fail(Throwable cause) {
        failure = cause;
    }

    /// Gives the outcome to whoever waits.
    void finish() {
        finished.countDown();
    }

    T await() {
        var interrupted = false;
        while (true) {
            try {
                finished.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // the work may be durable by now, so its outcome must be told
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return outcome();
    }

    private T outcome() {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        return requireNonNull(result);
    }
}
