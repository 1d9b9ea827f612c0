package entrepot.operation.lifecycle;

import entrepot.store.Leases.Lease;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/// Policies run one at a time, whoever wants them to run: a job of any node, or an administrator.
public record RunTurn(MetadataStore metadata, Lease lease) implements AutoCloseable {

    private static final String NAME = "lifecycle";

    /// Whose turn it is and who writes nothing for so long counts as dead.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofMillis(100);

    /// Empty while it is another one's.
    public static Optional<RunTurn> take(MetadataStore metadata) {
        var me = UUID.randomUUID().toString();
        return metadata.<Optional<Lease>>transactGuarded(tx -> tx.leases().take(NAME, me, PATIENCE))
                .map(lease -> new RunTurn(metadata, lease));
    }

    /// Waits for it.
    public static RunTurn await(MetadataStore metadata) throws InterruptedException {
        var turn = take(metadata);
        while (turn.isEmpty()) {
            Thread.sleep(PAUSE);
            turn = take(metadata);
        }
        return turn.get();
    }

    /// Says whether it still is this one's turn, and then nobody takes it before the transaction ends.
    boolean isKept(Transaction tx) {
        return tx.leases().renew(lease, PATIENCE);
    }

    /// Leaves it to others.
    @Override
    public void close() {
        metadata.transactGuarded(tx -> tx.leases().renew(lease, Duration.ZERO));
    }
}
