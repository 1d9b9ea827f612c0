package entrepot.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a job fares on this node, since the node was started.
///
/// @param runningSince null between runs
/// @param last the last run that ended, null before the first
/// @param lastFailure the last run that failed, null if none did
public record JobStatus(
        Job job,
        @Nullable Instant runningSince,
        @Nullable Run last,
        @Nullable Run lastFailure) {

    /// A run that ended.
    ///
    /// @param failure what went wrong; null if nothing did
    public record Run(
            Instant started, Duration took, @Nullable String failure) {}

    static JobStatus of(Job job) {
        return new JobStatus(job, null, null, null);
    }

    JobStatus begun(Instant now) {
        return new JobStatus(job, now, last, lastFailure);
    }

    JobStatus ended(Run run) {
        return new JobStatus(job, null, run, run.failure() == null ? lastFailure : run);
    }

    /// One line for a person to read.
    public String line() {
        return "%s (%s): %s".formatted(job.name(), rhythm(), String.join(", ", fortune()));
    }

    private String rhythm() {
        var where = job.scope() == Job.Scope.EACH_NODE ? "on each node" : "on one node";
        return where + ", " + job.every().toSeconds() + " s from run to run";
    }

    private List<String> fortune() {
        var said = new ArrayList<String>();
        if (runningSince != null) {
            said.add("running since " + runningSince);
        }
        said.add(last == null ? "has not run yet" : "last run " + words(last));
        if (lastFailure != null && !lastFailure.equals(last)) {
            said.add("last failure " + words(lastFailure));
        }
        return said;
    }

    private static String words(Run run) {
        var outcome = run.failure() == null
                ? "went well"
                : "failed: " + run.failure().lines().findFirst().orElse("");
        return "%s took %d ms and %s".formatted(run.started(), run.took().toMillis(), outcome);
    }
}
