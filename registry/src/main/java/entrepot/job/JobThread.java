package entrepot.job;

import entrepot.job.JobStatus.Run;
import entrepot.store.Leases.Lease;
import entrepot.watch.Watch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Runs a job again and again until it is interrupted, whatever goes wrong in it.
final class JobThread implements Runnable {

    private final Turns turns;
    private final InstantSource clock;
    private final Watch watch;
    private final Complaints complaints;
    private volatile JobStatus status;

    JobThread(Job job, Turns turns, InstantSource clock, Watch watch) {
        this.watch = watch;
        this.turns = turns;
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
        if (status.job().runsAtTheEnd()) {
            var wasInterrupted = Thread.interrupted(); // else what it does would end at once
            runOnce();
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
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
            var failures = inTurn(status.job());
            var summary = failures.summary();
            complaints.tell(summary.orElse(null), failures.cause());
            return summary;
        } catch (RuntimeException | Error e) {
            complaints.tell(e.toString(), e);
            return Optional.of(e.toString());
        }
    }

    private Failures inTurn(Job job) {
        return switch (job.scope()) {
            case EACH_NODE -> run(job);
            case ONE_NODE -> turns.take(job).map(lease -> by(lease, job)).orElseGet(Failures::new);
        };
    }

    private Failures by(Lease lease, Job job) {
        try {
            return turns.by(lease, () -> run(job));
        } finally {
            turns.leave(job, lease);
        }
    }

    private Failures run(Job job) {
        var work = watch.begin(Watch.Kind.JOB, job.name());
        var outcome = Watch.FAILED;
        try {
            var failures = job.runOnce();
            outcome = failures.summary().isEmpty() ? Watch.OK : Watch.FAILED;
            return failures;
        } finally {
            work.end(outcome);
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
