package entrepot.job;

import entrepot.store.Leases.Lease;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Renews a lease until it is closed, however long its work writes nothing: while it rests, or a store is slow.
/// So it is lost by who has died, or was asleep, and by nobody else.
final class Renewal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);

    private final MetadataStore metadata;
    private final Lease lease;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private Renewal(MetadataStore metadata, Lease lease, Duration every) {
        this.metadata = metadata;
        this.lease = lease;
        this.thread = Thread.ofVirtual().name("turn-" + lease.name()).unstarted(() -> run(every));
    }

    /// @param every from one renewal to the next
    static Renewal start(MetadataStore metadata, Lease lease, Duration every) {
        var renewal = new Renewal(metadata, lease, every);
        renewal.thread.start();
        return renewal;
    }

    private void run(Duration every) {
        try {
            while (!closed.await(every.toNanos(), TimeUnit.NANOSECONDS)) {
                renew();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void renew() {
        try {
            metadata.transactGuarded(tx -> tx.leases().renew(lease, Turns.PATIENCE));
        } catch (RuntimeException e) {
            LOG.debug("a turn could not be renewed now", e);
        }
    }

    /// Nothing is renewed after this, unless the thread is interrupted.
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
