package entrepot.operation.cache;

import entrepot.store.Leases.Lease;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The right to fetch one layer, which one node has at a time. It is renewed until it is closed.
final class FetchTurn implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FetchTurn.class);

    /// So long after its last renewal a node counts as dead.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration BETWEEN = Duration.ofMillis(2_500);

    private final MetadataStore metadata;
    private final Optional<Lease> lease;
    private final Optional<Thread> renewing;

    private FetchTurn(MetadataStore metadata, Optional<Lease> lease) {
        this.metadata = metadata;
        this.lease = lease;
        this.renewing = lease.map(taken -> Thread.ofVirtual().name("fetch-turn").start(() -> renew(taken)));
    }

    /// Empty while another node fetches it. A process that is alone needs to ask nobody.
    static Optional<FetchTurn> take(MetadataStore metadata, String what) {
        if (!metadata.isShared()) {
            return Optional.of(new FetchTurn(metadata, Optional.empty()));
        }
        var holder = UUID.randomUUID().toString();
        Optional<Lease> lease = metadata.transactGuarded(tx -> tx.leases().take("fetch/" + what, holder, PATIENCE));
        return lease.map(taken -> new FetchTurn(metadata, Optional.of(taken)));
    }

    private void renew(Lease taken) {
        try {
            while (true) {
                Thread.sleep(BETWEEN);
                tryToRenew(taken);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it is closed
        }
    }

    private void tryToRenew(Lease taken) {
        try {
            metadata.transactGuarded(tx -> tx.leases().renew(taken, PATIENCE));
        } catch (RuntimeException e) {
            LOG.debug("a turn could not be renewed now", e);
        }
    }

    @Override
    public void close() {
        renewing.ifPresent(Thread::interrupt);
        lease.ifPresent(taken -> metadata.transactGuarded(tx -> {
            tx.leases().end(taken);
            return taken;
        }));
    }
}
