package entrepot.store.sqlite;

import entrepot.store.MetadataStore.Load;
import entrepot.store.Transaction;
import entrepot.store.seal.SecretBox;
import entrepot.store.sql.Sql;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/// A few connections that only read, lent in the order of asking. Who waits does so here and not in native code.
final class Readers implements Reading {

    /// Each holds a carrier of virtual threads while native code reads for it.
    private static final int CONNECTIONS = 4;

    private record Reader(Sql sql, Transaction transaction) {}

    private final Semaphore free = new Semaphore(CONNECTIONS, true);
    private final Queue<Reader> readers = new ConcurrentLinkedQueue<>();

    Readers(Supplier<Sql> connect, SecretBox box) {
        for (int i = 0; i < CONNECTIONS; i++) {
            var sql = connect.get();
            readers.add(new Reader(sql, Sqlite.transaction(sql, box)));
        }
    }

    /// The snapshot is taken by the first statement of the work, so it has all that was acknowledged before.
    @Override
    public <T> T run(Function<Transaction, T> work) {
        free.acquireUninterruptibly();
        try {
            return run(work, lend());
        } finally {
            free.release();
        }
    }

    @Override
    public void close() {
        free.acquireUninterruptibly(CONNECTIONS);
        readers.forEach(reader -> reader.sql().close());
        readers.clear();
        free.release(CONNECTIONS);
    }

    /// How many are lent, and how many wait for one.
    Load load() {
        var idle = free.availablePermits();
        return new Load(CONNECTIONS - idle, idle, free.getQueueLength());
    }

    private Reader lend() {
        var reader = readers.poll();
        if (reader == null) {
            throw new IllegalStateException("the store is closed");
        }
        return reader;
    }

    private <T> T run(Function<Transaction, T> work, Reader reader) {
        try {
            reader.sql().execute("begin");
            return work.apply(reader.transaction());
        } finally {
            reader.sql().rollback();
            readers.add(reader);
        }
    }
}
