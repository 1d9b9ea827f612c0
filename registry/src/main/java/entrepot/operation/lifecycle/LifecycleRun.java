package entrepot.operation.lifecycle;

import entrepot.domain.RegistryException;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryError;
import entrepot.lifecycle.LifecycleOutcome.Unit;
import entrepot.operation.AuditTrail;
import entrepot.operation.ImageChanges;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Runs the lifecycle policy of a repository: finds out what it does to it, and does that in batches, each of which
/// looks again at what it deletes or archives. What has changed meanwhile is judged anew.
///
/// @param changes is told what is deleted or archived
/// @param interval from one run of a policy to the next, at most
public record LifecycleRun(
        MetadataStore metadata, InstantSource clock, AuditTrail audit, ImageChanges changes, Duration interval) {

    /// Who changes images when a policy runs.
    private static final String PRINCIPAL = "lifecycle";

    /// Images that one transaction deletes, and those that must go with the last of them.
    private static final int BATCH = 50;

    /// How often it begins anew where others change what it deletes; after that the next run goes on.
    private static final int MOST_PASSES = 3;

    /// The next run is due so much earlier than it must be.
    private static final Duration EARLIER = Duration.ofMinutes(1);

    /// Gives how many images were deleted or archived; empty if the repository has no policy.
    ///
    /// @param by what runs it, such as `lifecycle`
    public OptionalInt run(RunTurn turn, Repository repository, String by) {
        var told = new PolicyExecution(audit, by);
        int deleted = 0;
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            var plan = LifecyclePlan.of(metadata, repository, clock.instant());
            if (plan.isEmpty()) {
                return pass == 0 ? OptionalInt.empty() : OptionalInt.of(deleted);
            }
            var done = new Pass(turn, plan.get(), told).run();
            deleted += done.deleted();
            if (!done.changed()) {
                break;
            }
        }
        return OptionalInt.of(deleted);
    }

    private record PassDone(int deleted, boolean changed) {}

    private final class Pass {

        private final RunTurn turn;
        private final LifecyclePlan plan;
        private final PolicyExecution told;
        private int deleted;
        private boolean changed;

        Pass(RunTurn turn, LifecyclePlan plan, PolicyExecution told) {
            this.turn = turn;
            this.plan = plan;
            this.told = told;
        }

        PassDone run() {
            var isDone = true;
            for (var batch : batches(plan.outcome().units())) {
                isDone = isDone && !Thread.currentThread().isInterrupted() && does(batch);
            }
            if (isDone) {
                metadata.transact(tx -> {
                    tx.lifecyclePolicies().evaluated(plan.repository(), plan.policy(), plan.at(), next());
                    return plan;
                });
            }
            return new PassDone(deleted, changed && isDone);
        }

        private Instant next() {
            var half = interval.dividedBy(2);
            return plan.at().plus(interval.minus(EARLIER.compareTo(half) < 0 ? EARLIER : half));
        }

        /// Says whether to go on: not where the repository has gone, or has another policy, or it is another one's
        /// turn.
        private boolean does(List<Unit> batch) {
            var seen = new LifecycleBatch.Seen(plan, plan.changes() + deleted);
            var by = changes.by(PRINCIPAL, clock.instant());
            try {
                var done = metadata.transactGuarded(tx -> LifecycleBatch.run(tx, turn, seen, batch, by));
                told.tell(plan, done.done());
                deleted += done.done().size();
                changed |= done.changed();
                return !done.stopped();
            } catch (RegistryException e) {
                if (e.error() instanceof RepositoryError.RepositoryNotFound) {
                    return false;
                }
                throw e;
            }
        }
    }

    private static List<List<Unit>> batches(List<Unit> units) {
        var batches = new ArrayList<List<Unit>>();
        var batch = new ArrayList<Unit>();
        int images = 0;
        for (var unit : units) {
            batch.add(unit);
            images += unit.verdicts().size();
            if (images >= BATCH) {
                batches.add(List.copyOf(batch));
                batch.clear();
                images = 0;
            }
        }
        if (!batch.isEmpty()) {
            batches.add(List.copyOf(batch));
        }
        return batches;
    }
}
