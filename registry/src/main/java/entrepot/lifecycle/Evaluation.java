package entrepot.lifecycle;

import entrepot.domain.ImageAction;
import entrepot.domain.StorageClass;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Applies a lifecycle policy to all images of a repository at once. What it says depends on the policy, the images and
/// the time alone.
///
/// Source: ECR user guide, "Automate the cleanup of images by using lifecycle policies", on how they are evaluated.
public final class Evaluation {

    /// The oldest first.
    private final List<Case> cases;

    /// What each rule is about, in the same order. Each image is asked once: of many, none is in the processor's cache
    /// any more when it is come to again.
    private final List<List<Case>> about;

    private Evaluation(LifecyclePolicy policy, Collection<LifecycleImage> images) {
        about = policy.rules().stream().<List<Case>>map(_ -> new ArrayList<>()).toList();
        cases = images.stream()
                .sorted(LifecycleOutcome.OLDEST_FIRST)
                .map(image -> asked(image, policy.rules()))
                .toList();
        tie(cases.stream().filter(each -> each.isTied).toList());
    }

    private Case asked(LifecycleImage image, List<Rule> rules) {
        var asked = new Case(image);
        for (var i = 0; i < rules.size(); i++) {
            if (rules.get(i).selection().selects(image)) {
                about.get(i).add(asked);
            }
        }
        return asked;
    }

    /// What is to be done now.
    ///
    /// @param images all of the repository, in any order
    public static LifecycleOutcome of(LifecyclePolicy policy, Collection<LifecycleImage> images, Instant now) {
        var evaluation = new Evaluation(policy, images);
        var rules = policy.rules();
        IntStream.range(0, rules.size()).forEach(i -> apply(rules.get(i), evaluation.about.get(i), now));
        evaluation.orphans();
        evaluation.follow();
        evaluation.hold();
        return new LifecycleOutcome(Units.of(evaluation.acted().toList()));
    }

    private void tie(List<Case> tied) {
        var named = new HashSet<Long>();
        for (var each : tied) {
            named.addAll(each.image.ties().parents());
            named.add(each.image.ties().subject());
        }
        var found = new HashMap<Long, Case>();
        cases.stream().filter(each -> named.contains(each.id)).forEach(each -> found.put(each.id, each));
        tied.forEach(each -> tie(each, found));
    }

    private static void tie(Case each, Map<Long, Case> cases) {
        var ties = each.image.ties();
        for (var id : ties.parents()) {
            var parent = cases.get(id);
            if (parent != null) {
                each.parents = Case.with(each.parents, parent);
                parent.children = Case.with(parent.children, each);
            }
        }
        var subject = ties.subject() == null ? null : cases.get(ties.subject());
        if (subject != null) {
            each.subject = subject;
            subject.referrers = Case.with(subject.referrers, each);
        }
    }

    /// What an earlier rule has selected is counted, and left alone.
    private static void apply(Rule rule, List<Case> about, Instant now) {
        var selected = about.stream().filter(Case::isJudged).toList();
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
        cases.stream()
                .filter(each -> each.subject == null && each.isOrphan)
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
        return cases.stream().filter(each -> each.verdict != null);
    }
}
