package entrepot.store.sqlite;

import entrepot.store.Transaction;
import java.util.function.Function;

/// How a store runs work that only reads, on one snapshot.
interface Reading extends AutoCloseable {

    <T> T run(Function<Transaction, T> work);

    /// The same for work of one statement, which has a snapshot by itself.
    default <T> T ask(Function<Transaction, T> question) {
        return run(question);
    }

    @Override
    void close();

    /// Between the writes, on the one connection there is.
    record OnTheWriter(GroupCommit writer, Transaction transaction) implements Reading {
        @Override
        public <T> T run(Function<Transaction, T> work) {
            return writer.run(ignored -> work.apply(transaction));
        }

        @Override
        public void close() {
            // the connection is the writer's
        }
    }
}
