package entrepot.store.postgres;

import entrepot.domain.RegistryException;
import entrepot.store.Transaction;
import entrepot.store.seal.SecretBox;
import entrepot.store.sql.Sql;
import entrepot.store.sql.SqlFailure;
import entrepot.store.sql.SqlLeases;
import entrepot.store.sql.SqlTransaction;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;

/// Runs work in transactions, again where it lost.
///
/// @param changes is told of commits that may have changed who may do what
/// @param messages counts what was sent to the server and answered
/// @param grown is told of every commit of what was written
record Attempts(
        Pool pool,
        SecretBox box,
        AccessChanges changes,
        PostgresPlace.Times times,
        LongAdder messages,
        GrownTables grown) {

    private static final int HELD_BACK_AT_MOST = 12;

    /// After a restart of the server every connection of the pool may be a dead one.
    private static final int CUT_AT_MOST = 10;

    private static final int LONGEST_PAUSE_MILLIS = 200;

    /// Whether the work was committed is not known.
    private static final class UnknownException extends RuntimeException {
        final transient SqlFailure failure;

        UnknownException(SqlFailure failure) {
            super(failure);
            this.failure = failure;
        }
    }

    <T> T run(Isolation isolation, Function<Transaction, T> work) {
        var end = System.nanoTime() + times.attempts().toNanos();
        for (int attempt = 1; ; attempt++) {
            try {
                return once(
                        new Try(isolation, attempt > 1, end + times.attempts().toNanos() / 2), work);
            } catch (UnknownException e) {
                throw Outcome.told(e.failure);
            } catch (RuntimeException e) {
                if (System.nanoTime() > end || !isWorthAnother(e, attempt)) {
                    throw Outcome.told(e);
                }
                pause(attempt);
            }
        }
    }

    private static boolean isWorthAnother(RuntimeException e, int attempt) {
        return switch (Outcome.of(e)) {
            case LOST -> true;
            case HELD_BACK -> attempt < HELD_BACK_AT_MOST;
            case CUT -> attempt < CUT_AT_MOST;
            case ABSENT, BUSY, FULL, FINAL -> false;
        };
    }

    /// At random, so that two who met do not meet again.
    private static void pause(int attempt) {
        var longest = Math.min(LONGEST_PAUSE_MILLIS, 2 << Math.min(attempt, 10));
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(1, longest + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// One of the attempts.
    ///
    /// @param lost whether one before it was lost
    /// @param end when it begins with no further statement
    private record Try(Isolation isolation, boolean lost, long end) {}

    private <T> T once(Try attempt, Function<Transaction, T> work) {
        var isolation = attempt.isolation();
        Supplier<T> decided = pool.lend(isolation.mayWrite(), (sql, slot) -> {
            sql.endBy(attempt.end());
            Supplier<Supplier<T>> decision = () -> decided(sql, work, transaction(sql, slot));
            return isolation == Isolation.NONE
                    ? asked(sql, decision)
                    : inTransaction(sql, isolation.begin(attempt.lost(), times.statement()), decision);
        });
        return decided.get();
    }

    private <T> T asked(Sql sql, Supplier<T> work) {
        try {
            var result = work.get();
            if (sql.messages() > 1) {
                throw new IllegalStateException("one question was to be asked, and not " + sql.messages());
            }
            return result;
        } finally {
            messages.add(sql.messages());
        }
    }

    private Transaction transaction(Sql sql, int slot) {
        return SqlTransaction.on(sql, slot, box, new SqlLeases(sql));
    }

    /// A refusal that nothing was written before is committed like a result: what it was decided by may else have been
    /// nobody's state.
    private static <T> Supplier<T> decided(Sql sql, Function<Transaction, T> work, Transaction transaction) {
        try {
            var result = work.apply(transaction);
            return () -> result;
        } catch (RegistryException refusal) {
            if (sql.writes() > 0) {
                throw refusal;
            }
            return () -> {
                throw refusal;
            };
        }
    }

    private <T> T inTransaction(Sql sql, String begin, Supplier<T> work) {
        sql.beginWith(begin);
        try {
            var result = work.get();
            if (sql.hasBegun()) {
                commit(sql);
            }
            return result;
        } catch (RuntimeException | Error e) {
            if (sql.hasBegun()) {
                sql.rollback();
            }
            throw e;
        } finally {
            messages.add(sql.messages());
        }
    }

    /// PostgreSQL answers the commit of a transaction in which something failed as if it were one.
    private void commit(Sql sql) {
        sql.requireSound();
        var changesAccess = sql.accessChanges() > 0;
        if (changesAccess) {
            AccessChanges.count(sql);
        }
        try {
            sql.execute("commit");
        } catch (SqlFailure e) {
            throw isKnown(e) ? e : new UnknownException(e);
        }
        if (changesAccess) {
            changes.committed();
        }
        if (sql.writes() > 0) {
            grown.written();
        }
    }

    private static boolean isKnown(SqlFailure e) {
        return switch (Outcome.of(e)) {
            case LOST, HELD_BACK, FULL, FINAL -> true;
            case CUT, ABSENT, BUSY -> false;
        };
    }
}
