package entrepot.lifecycle;

import entrepot.domain.ImageAction;
import entrepot.domain.StorageClass;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an evaluation has come to know of one image so far.
final class Case {

    final LifecycleImage image;

    /// The image that it is about, and those that are about it.
    @Nullable
    Case subject;

    final List<Case> referrers = new ArrayList<>(0);

    /// The lists that name it, and what it names.
    final List<Case> parents = new ArrayList<>(0);

    final List<Case> children = new ArrayList<>(0);

    /// A rule has selected it, so that no later one acts on it.
    boolean isShielded;

    @Nullable
    Verdict verdict;

    Case(LifecycleImage image) {
        this.image = image;
    }

    /// Whether rules are asked about it. One that is about another image follows that one.
    boolean isJudged() {
        return subject == null && !image.ties().isOrphan();
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
