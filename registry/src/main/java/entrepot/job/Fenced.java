package entrepot.job;

import entrepot.store.Leases.Lease;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// The metadata as a job has them: while it runs by a lease, none of its transactions writes that does not hold it.
/// Each one renews it.
///
/// @param metadata where they are
public record Fenced(MetadataStore metadata) implements MetadataStore {

    private static final ScopedValue<Lease> LEASE = ScopedValue.newInstance();

    /// Runs the work by the lease.
    static <T> T by(Lease lease, ScopedValue.CallableOp<T, RuntimeException> work) {
        return ScopedValue.where(LEASE, lease).call(work);
    }

    /// The work, to be done on another thread by the lease of this one, if this has one.
    static Runnable carried(Runnable work) {
        if (!LEASE.isBound()) {
            return work;
        }
        var lease = LEASE.get();
        return () -> ScopedValue.where(LEASE, lease).run(work);
    }

    @Override
    public <T> T transact(Function<Transaction, T> work) {
        return metadata.transact(holding(work));
    }

    @Override
    public <T> T transactGuarded(Function<Transaction, T> work) {
        return metadata.transactGuarded(holding(work));
    }

    private static <T> Function<Transaction, T> holding(Function<Transaction, T> work) {
        if (!LEASE.isBound()) {
            return work;
        }
        var lease = LEASE.get();
        return tx -> {
            if (!tx.leases().renew(lease, Turns.PATIENCE)) {
                throw new LostLeaseException(lease);
            }
            return work.apply(tx);
        };
    }

    @Override
    public <T> T read(Function<Transaction, T> work) {
        return metadata.read(work);
    }

    @Override
    public <T> T ask(Function<Transaction, T> question) {
        return metadata.ask(question);
    }

    @Override
    public boolean isShared() {
        return metadata.isShared();
    }

    @Override
    public long accessChanges() {
        return metadata.accessChanges();
    }

    @Override
    public OptionalLong state() {
        return metadata.state();
    }

    @Override
    public void check() {
        metadata.check();
    }

    @Override
    public void checkSchema() throws IOException {
        metadata.checkSchema();
    }

    @Override
    public Optional<Load> load() {
        return metadata.load();
    }

    /// It is not a job's to close.
    @Override
    public void close() {
        throw new UnsupportedOperationException("a job does not close what it works on");
    }
}
