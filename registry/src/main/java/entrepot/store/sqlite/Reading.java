package entrepot.store.sqlite;

import entrepot.store.Transaction;
import entrepot.store.sql.Sql;
import java.util.function.Function;
import java.util.function.Supplier;

/// How a store runs work that only reads, on one snapshot.
interface Reading extends AutoCloseable {

    <T> T run(Function<Transaction, T> work);

    /// The same for work of one statement, which has a snapshot by itself.
    <T> T ask(Function<Transaction, T> question);

    /// Refuses work that is more than one question. Two have no snapshot in common, and PostgreSQL's store refuses
    /// them.
    static <T> T one(Sql sql, Supplier<T> question) {
        var before = sql.questions();
        var answer = question.get();
        var count = sql.questions() - before;
        if (count > 1) {
            throw new IllegalStateException("one question was to be asked, and not " + count);
        }
        return answer;
    }

    @Override
    void close();

    /// Between the writes, on the one connection there is.
    record OnTheWriter(GroupCommit writer, Sql sql, Transaction transaction) implements Reading {
        @Override
        public <T> T run(Function<Transaction, T> work) {
            return writer.run(ignored -> work.apply(transaction));
        }

        @Override
        public <T> T ask(Function<Transaction, T> question) {
            return run(tx -> one(sql, () -> question.apply(tx)));
        }

        @Override
        public void close() {
            // the connection is the writer's
        }
    }
}
