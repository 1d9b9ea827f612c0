package entrepot.job;

import entrepot.job.JobStatus.Run;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Runs a job again and again until it is interrupted, whatever goes wrong in it.
final class JobThread implements Runnable {

    private final InstantSource clock;
    private final Complaints complaints;
    private volatile JobStatus status;

    JobThread(Job job, InstantSource clock) {
        this.clock = clock;
        this.complaints = new Complaints(job.name());
        this.status = JobStatus.of(job);
    }

    JobStatus status() {
        return status;
    }

    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            runOnce();
            pause();
        }
    }

    private void runOnce() {
        var started = clock.instant();
        var from = System.nanoTime();
        status = status.begun(started);
        var failure = failure();
        status = status.ended(new Run(started, Duration.ofNanos(System.nanoTime() - from), failure.orElse(null)));
    }

    /// Does what there is to do, and gives what went wrong.
    private Optional<String> failure() {
        try {
            var failures = status.job().runOnce();
            var summary = failures.summary();
            complaints.tell(summary.orElse(null), failures.cause());
            return summary;
        } catch (RuntimeException | Error e) {
            complaints.tell(e.toString(), e);
            return Optional.of(e.toString());
        }
    }

    private void pause() {
        try {
            Thread.sleep(status.job().every());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
