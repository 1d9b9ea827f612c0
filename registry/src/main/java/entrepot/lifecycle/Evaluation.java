package entrepot.lifecycle;

import entrepot.domain.ImageAction;
import entrepot.domain.StorageClass;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Applies a lifecycle policy to all images of a repository at once. What it says depends on the policy, the images and
/// the time alone.
///
/// Source: ECR user guide, "Automate the cleanup of images by using lifecycle policies", on how they are evaluated.
public final class Evaluation {

    private final Map<Long, Case> cases = new LinkedHashMap<>();

    private Evaluation(Collection<LifecycleImage> images) {
        images.stream().sorted(LifecycleOutcome.OLDEST_FIRST).forEach(image -> cases.put(image.id(), new Case(image)));
        cases.values().forEach(this::tie);
    }

    /// What is to be done now.
    ///
    /// @param images all of the repository, in any order
    public static LifecycleOutcome of(LifecyclePolicy policy, Collection<LifecycleImage> images, Instant now) {
        var evaluation = new Evaluation(images);
        policy.rules().forEach(rule -> evaluation.apply(rule, now));
        evaluation.orphans();
        evaluation.follow();
        evaluation.hold();
        return new LifecycleOutcome(Units.of(evaluation.acted().toList()));
    }

    private void tie(Case each) {
        var ties = each.image.ties();
        for (var id : ties.parents()) {
            var parent = cases.get(id);
            if (parent != null) {
                each.parents.add(parent);
                parent.children.add(each);
            }
        }
        var subject = ties.subject() == null ? null : cases.get(ties.subject());
        if (subject != null) {
            each.subject = subject;
            subject.referrers.add(each);
        }
    }

    /// What an earlier rule has selected is counted, and left alone.
    private void apply(Rule rule, Instant now) {
        var selected = cases.values().stream()
                .filter(each -> each.isJudged() && rule.selection().selects(each.image))
                .toList();
        long newer = 0;
        for (var due : rule.selection().due(selected, each -> each.image, now)) {
            if (!due.isShielded) {
                var isAlone = rule.selection().count().type().countsDays();
                due.verdict = new Verdict(due.image, rule.action(), rule, isAlone ? Long.MAX_VALUE : newer);
            }
            newer++;
        }
        selected.forEach(each -> each.isShielded = true);
    }

    /// What was about an image that has been deleted goes after it.
    private void orphans() {
        cases.values().stream()
                .filter(each -> each.subject == null && each.image.ties().isOrphan())
                .forEach(each -> each.verdict = Verdict.alone(each.image, ImageAction.EXPIRE, null));
    }

    /// What is about an image goes with it, and what is about that one, too.
    private void follow() {
        var queue = new ArrayDeque<>(acted().toList());
        while (!queue.isEmpty()) {
            var subject = queue.remove();
            var verdict = subject.verdict;
            for (var referrer : subject.referrers) {
                if (verdict != null && referrer.verdict == null && concerns(verdict, referrer)) {
                    referrer.verdict = verdict.of(referrer.image);
                    queue.add(referrer);
                }
            }
        }
    }

    private static boolean concerns(Verdict verdict, Case referrer) {
        return verdict.action() == ImageAction.EXPIRE || referrer.image.storageClass() == StorageClass.STANDARD;
    }

    /// What a list names that stays, stays; and then so does what follows it, and what it names itself.
    private void hold() {
        var queue = new ArrayDeque<>(acted().toList());
        while (!queue.isEmpty()) {
            var each = queue.remove();
            if (each.verdict != null && each.isHeld()) {
                each.verdict = null;
                queue.addAll(each.referrers);
                queue.addAll(each.children);
            }
        }
    }

    private Stream<Case> acted() {
        return List.copyOf(cases.values()).stream().filter(each -> each.verdict != null);
    }
}
