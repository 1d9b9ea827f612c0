package entrepot.store.sqlite;

import entrepot.domain.Haste;
import entrepot.store.MetadataStore.Load;
import entrepot.store.Transaction;
import entrepot.store.sql.Sql;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/// A few connections that only read, lent in the order of asking. Who waits does so here and not in native code.
final class Readers implements Reading {

    /// Each holds a carrier of virtual threads while native code reads for it.
    private static final int CONNECTIONS = 4;

    private record Reader(Sql sql, Transaction transaction) {}

    private final Semaphore free = new Semaphore(CONNECTIONS, true);
    /// The one that was given back last goes first: its pages are in memory, and those of few others.
    private final Deque<Reader> readers = new ConcurrentLinkedDeque<>();

    /// @param tables gives them through a connection
    Readers(Supplier<Sql> connect, Function<Sql, Transaction> tables) {
        for (int i = 0; i < CONNECTIONS; i++) {
            var sql = connect.get();
            readers.add(new Reader(sql, tables.apply(sql)));
        }
    }

    /// The snapshot is taken by the first statement of the work, so it has all that was acknowledged before.
    @Override
    public <T> T run(Function<Transaction, T> work) {
        return lent(reader -> run(work, reader));
    }

    /// To begin a transaction and to end it would take as long as the statement.
    @Override
    public <T> T ask(Function<Transaction, T> question) {
        return lent(reader -> Reading.one(reader.sql(), () -> question.apply(reader.transaction())));
    }

    private <T> T lent(Function<Reader, T> work) {
        Haste.refuse();
        free.acquireUninterruptibly();
        try {
            var reader = lend();
            try {
                return work.apply(reader);
            } finally {
                readers.addFirst(reader);
            }
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

    /// How many statements they have run; of use while none is lent.
    long statements() {
        return readers.stream().mapToLong(reader -> reader.sql().messages()).sum();
    }

    private Reader lend() {
        var reader = readers.pollFirst();
        if (reader == null) {
            throw new IllegalStateException("the store is closed");
        }
        return reader;
    }

    private static <T> T run(Function<Transaction, T> work, Reader reader) {
        try {
            reader.sql().execute("begin");
            return work.apply(reader.transaction());
        } finally {
            reader.sql().rollback();
        }
    }
}
