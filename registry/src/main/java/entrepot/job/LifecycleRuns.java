package entrepot.job;

import entrepot.operation.lifecycle.LifecycleRun;
import entrepot.operation.lifecycle.RunTurn;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Runs lifecycle policies that are due, one repository at a time: soon after a policy was set, and then at least once
/// in an interval.
public record LifecycleRuns(MetadataStore metadata, InstantSource clock, LifecycleRun run) implements Job {

    /// What did it, in the audit.
    private static final String BY = "lifecycle";

    private static final Duration PAUSE = Duration.ofSeconds(20);
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /// No policy is due later than this from now on, whatever the interval.
    private static final Duration LATEST = Duration.ofMinutes(1);

    @Override
    public Scope scope() {
        return Scope.ONE_NODE;
    }

    @Override
    public Duration every() {
        var interval = run.interval().compareTo(SHORTEST) < 0 ? SHORTEST : run.interval();
        return interval.compareTo(PAUSE) < 0 ? interval : PAUSE;
    }

    /// Does nothing while an administrator runs policies: they are still due then.
    @Override
    public boolean step(Failures failures) {
        var due = failures.untried(1, this::due);
        return !due.isEmpty()
                && RunTurn.take(metadata).map(turn -> run(turn, due, failures)).isPresent();
    }

    private RunTurn run(RunTurn taken, List<Long> due, Failures failures) {
        try (var turn = taken) {
            due.forEach(repository -> failures.attempt(repository, () -> run(turn, repository)));
            return turn;
        }
    }

    private List<Long> due(int limit) {
        var now = clock.instant();
        var interval = run.interval().compareTo(LATEST) < 0 ? LATEST : run.interval();
        return metadata.read(tx -> tx.lifecyclePolicies().due(now, now.plus(interval), limit));
    }

    private void run(RunTurn turn, long id) {
        metadata.read(tx -> tx.repositories().find(id)).ifPresent(repository -> run.run(turn, repository, BY));
    }
}
