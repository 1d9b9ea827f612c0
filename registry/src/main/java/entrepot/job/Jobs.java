package entrepot.job;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs each job on a thread of its own, until closed.
public final class Jobs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

    private final List<Thread> threads;

    private Jobs(List<Thread> threads) {
        this.threads = threads;
    }

    public static Jobs start(List<Job> jobs) {
        return new Jobs(jobs.stream()
                .map(job -> Thread.ofVirtual()
                        .name("job-" + job.getClass().getSimpleName())
                        .start(() -> repeat(job)))
                .toList());
    }

    private static void repeat(Job job) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                job.runOnce();
            } catch (RuntimeException e) {
                LOG.warn("{} failed and will run again", job.getClass().getSimpleName(), e);
            }
            try {
                Thread.sleep(job.every());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Interrupts what runs. The stores must be closed after this only.
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
