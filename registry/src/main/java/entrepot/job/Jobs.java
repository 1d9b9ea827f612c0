package entrepot.job;

import entrepot.store.MetadataStore;
import entrepot.watch.Watch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs each job on a thread of its own, until closed.
public final class Jobs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

    /// How long jobs may take to end the step that they are at.
    private static final Duration ENDING = Duration.ofSeconds(2);

    private final List<Running> running;

    private record Running(JobThread job, Thread thread) {}

    private Jobs(List<Running> running) {
        this.running = running;
    }

    /// Begins with each of them. What one node does for all is done by turns.
    ///
    /// @param metadata where all nodes look
    /// @param watch is told of each run
    public static Jobs start(List<Job> jobs, MetadataStore metadata, InstantSource clock, Watch watch) {
        var turns = Turns.of(metadata);
        return new Jobs(jobs.stream()
                .map(job -> start(new JobThread(job, turns, clock, watch)))
                .toList());
    }

    private static Running start(JobThread work) {
        var job = work.status().job();
        return new Running(work, Thread.ofVirtual().name("job-" + job.name()).start(work));
    }

    /// How each of them fares.
    public List<JobStatus> status() {
        return running.stream().map(each -> each.job().status()).toList();
    }

    /// Interrupts what runs, and waits for two seconds at most. The stores must be closed after this only; a job that
    /// did not end fails then, and goes on after the next start.
    @Override
    public void close() {
        close(ENDING);
    }

    void close(Duration ending) {
        running.forEach(each -> each.thread().interrupt());
        var end = System.nanoTime() + ending.toNanos();
        for (var each : running) {
            if (!ends(each.thread(), Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                LOG.warn("{} did not end", each.thread().getName());
            }
        }
    }

    private static boolean ends(Thread thread, Duration wait) {
        try {
            return thread.join(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
