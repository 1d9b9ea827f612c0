package entrepot.lifecycle;

import entrepot.domain.ImageAction;
import entrepot.domain.StorageClass;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an evaluation has come to know of one image so far.
final class Case {

    final LifecycleImage image;

    /// Whether what it was about has been deleted.
    final boolean isOrphan;

    /// Whether it is about another image, or a list names it.
    final boolean isTied;

    final long id;

    /// The image that it is about, and those that are about it.
    @Nullable
    Case subject;

    List<Case> referrers = List.of();

    /// The lists that name it, and what it names.
    List<Case> parents = List.of();

    List<Case> children = List.of();

    /// A rule has selected it, so that no later one acts on it.
    boolean isShielded;

    @Nullable
    Verdict verdict;

    Case(LifecycleImage image) {
        this.image = image;
        this.isOrphan = image.ties().isOrphan();
        this.isTied = image.ties().subject() != null || !image.ties().parents().isEmpty();
        this.id = image.id();
    }

    /// The same list with one more, or a first one: most have none.
    static List<Case> with(List<Case> some, Case more) {
        var all = some.isEmpty() ? new ArrayList<Case>(1) : some;
        all.add(more);
        return all;
    }

    /// Whether rules are asked about it. One that is about another image follows that one.
    boolean isJudged() {
        return subject == null && !isOrphan;
    }

    /// Whether no other image has to do with when something is done with it.
    boolean isByItself() {
        return subject == null && referrers.isEmpty() && parents.isEmpty() && children.isEmpty();
    }

    /// Whether what is to be done with it must wait, because of a list that stays as it is, or of its subject.
    boolean isHeld() {
        return (subject != null && subject.verdict == null) || parents.stream().anyMatch(this::isHeldBy);
    }

    private boolean isHeldBy(Case parent) {
        if (verdict != null && verdict.action() == ImageAction.TRANSITION) {
            return parent.verdict == null && parent.image.storageClass() != StorageClass.ARCHIVE;
        }
        return parent.verdict == null || parent.verdict.action() != ImageAction.EXPIRE;
    }
}
