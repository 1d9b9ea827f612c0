package entrepot.backup;

import entrepot.store.BackupHold;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has collection keep what a backup names, for as long as this is open. If its process dies, that ends by itself.
final class Holding implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Holding.class);

    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofSeconds(20);

    private final BackupHold hold;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable RuntimeException failure;

    Holding(BackupHold hold) {
        this.hold = hold;
        this.thread = Thread.ofVirtual().name("backup-hold").unstarted(this::run);
    }

    /// Returns when it is held, or fails if it cannot be.
    void begin() throws InterruptedException {
        thread.start();
        begun.await();
        var failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    private void run() {
        try (hold) {
            hold.renew(LEASE);
            begun.countDown();
            while (pause()) {
                renew();
            }
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            begun.countDown();
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException toldToEnd) {
            return false;
        }
    }

    /// The next time may be in time.
    private void renew() {
        try {
            hold.renew(LEASE);
        } catch (RuntimeException e) {
            LOG.warn("garbage collection could not be told to wait for this backup", e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(LEASE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
