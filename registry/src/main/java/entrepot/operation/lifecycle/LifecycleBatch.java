package entrepot.operation.lifecycle;

import entrepot.domain.Digest;
import entrepot.domain.ImageAction;
import entrepot.domain.ImageChange;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.lifecycle.LifecycleImage;
import entrepot.lifecycle.LifecycleOutcome.Unit;
import entrepot.lifecycle.Verdict;
import entrepot.operation.ImageChanges;
import entrepot.operation.image.ImageArchive;
import entrepot.operation.image.ImageRemoval;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.store.LifecyclePolicies.StoredPolicy;
import entrepot.store.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Carries out some units of a plan in one transaction, each of which is still as the plan saw it.
///
/// @param others images that were counted and may be no more, or have other tags by now
/// @param by told what went, and where to
record LifecycleBatch(Transaction tx, Repository repository, ImageChanges.By by, long others) {

    /// What a batch begins with.
    ///
    /// @param changes of the repository's images until now, if nobody but this run has changed them since the plan
    record Seen(LifecyclePlan plan, long changes) {}

    /// What came of it.
    ///
    /// @param done what was deleted or archived
    /// @param changed whether some were left because they are not as they were seen
    /// @param stopped whether nothing was done, since the policy is another one by now, or it is another one's turn
    record Done(List<Verdict> done, boolean changed, boolean stopped) {}

    static Done run(Transaction tx, RunTurn turn, Seen seen, List<Unit> units, ImageChanges.By by) {
        var repository = RepositoryLookup.holdSame(tx, seen.plan().repository());
        if (!turn.isKept(tx) || !isStill(tx, repository, seen.plan().policy())) {
            return new Done(List.of(), false, true);
        }
        var others = tx.images().changes(repository) - seen.changes();
        return new LifecycleBatch(tx, repository, by, others).carryOut(units);
    }

    private static boolean isStill(Transaction tx, Repository repository, StoredPolicy policy) {
        return tx.lifecyclePolicies()
                .find(repository)
                .filter(found -> found.id().equals(policy.id()))
                .isPresent();
    }

    private Done carryOut(List<Unit> units) {
        var done = new ArrayList<Verdict>();
        var changed = false;
        var now = now(units);
        for (var unit : units) {
            if (isAsSeen(unit.verdicts(), now)) {
                done.addAll(carryOut(unit.verdicts(), now));
            } else {
                changed = true;
            }
        }
        return new Done(done, changed, false);
    }

    private record Now(StoredImage stored, LifecycleImage seen) {}

    /// What they are by now, held until the transaction ends, those that are there. In the order of digests, so that
    /// two that hold many do not wait for each other.
    private Map<Digest, Now> now(List<Unit> units) {
        var held = units.stream()
                .flatMap(unit -> unit.verdicts().stream())
                .map(verdict -> verdict.image().digest())
                .sorted()
                .flatMap(digest -> tx.images().hold(repository, digest).stream())
                .toList();
        var seen = new RepositoryImages(tx, repository).seen(held, Map.of());
        var now = new HashMap<Digest, Now>();
        for (int i = 0; i < held.size(); i++) {
            now.put(held.get(i).digest(), new Now(held.get(i), seen.get(i)));
        }
        return now;
    }

    /// What has gone meanwhile is no change of its unit; a list that has come to name one of them is, and so is what
    /// one of them is about.
    private boolean isAsSeen(List<Verdict> verdicts, Map<Digest, Now> now) {
        var gone = digests(verdicts.stream().filter(verdict -> verdict.action() == ImageAction.EXPIRE));
        var moved = digests(verdicts.stream());
        return verdicts.stream().allMatch(verdict -> {
            var found = now.get(verdict.image().digest());
            return found == null
                    || (isAsSeen(verdict, found)
                            && switch (verdict.action()) {
                                case EXPIRE -> gone.containsAll(tx.images().parentsOf(repository, found.stored()));
                                case TRANSITION ->
                                    moved.containsAll(tx.archive().standingParents(repository, found.stored()));
                            });
        });
    }

    private boolean isAsSeen(Verdict verdict, Now found) {
        return verdict.spare() >= others
                && found.seen().isAsSeen(verdict.image())
                && (verdict.image().ties().subject() != null || !hasSubject(found.stored()));
    }

    private boolean hasSubject(StoredImage image) {
        return image.subject() != null
                && tx.images().find(repository, image.subject()).isPresent();
    }

    private static Set<Digest> digests(Stream<Verdict> verdicts) {
        return verdicts.map(verdict -> verdict.image().digest()).collect(Collectors.toSet());
    }

    private List<Verdict> carryOut(List<Verdict> verdicts, Map<Digest, Now> now) {
        var archive = new ImageArchive(tx, repository, by);
        var removal = new ImageRemoval(tx, repository, ImageChange.Kind.EXPIRE, by);
        var done = new ArrayList<Verdict>();
        for (var verdict : verdicts) {
            var found = now.get(verdict.image().digest());
            if (found != null) {
                switch (verdict.action()) {
                    case EXPIRE -> removal.remove(found.stored());
                    case TRANSITION -> archive.archive(found.stored());
                }
                done.add(verdict);
            }
        }
        return done;
    }
}
