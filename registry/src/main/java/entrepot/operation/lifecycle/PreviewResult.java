package entrepot.operation.lifecycle;

import entrepot.domain.Digest;
import entrepot.domain.ImageAction;
import entrepot.domain.StorageClass;
import entrepot.domain.Tag;
import entrepot.store.LifecyclePreviews.Result;
import entrepot.store.LifecyclePreviews.Totals;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// ECR's `LifecyclePolicyPreviewResult`.
///
/// @param appliedRulePriority null where what the image is about was deleted
public record PreviewResult(
        @Nullable List<Tag> imageTags,
        Digest imageDigest,
        Instant imagePushedAt,
        RuleAction action,
        @Nullable Integer appliedRulePriority,
        StorageClass storageClass) {

    /// ECR's `LifecyclePolicyRuleAction`.
    public record RuleAction(ImageAction type, @Nullable StorageClass targetStorageClass) {

        static RuleAction of(ImageAction type) {
            return new RuleAction(type, type == ImageAction.TRANSITION ? StorageClass.ARCHIVE : null);
        }
    }

    /// ECR's `LifecyclePolicyPreviewSummary`.
    public record Summary(int expiringImageTotalCount, List<Transitioning> transitioningImageTotalCounts) {

        static Summary of(Totals totals) {
            return new Summary(
                    totals.expiring(),
                    totals.transitioning() == 0
                            ? List.of()
                            : List.of(new Transitioning(StorageClass.ARCHIVE, totals.transitioning())));
        }
    }

    /// ECR's `TransitioningImageTotalCount`.
    public record Transitioning(StorageClass targetStorageClass, int imageTotalCount) {}

    static PreviewResult of(Result result) {
        return new PreviewResult(
                result.tags().isEmpty() ? null : result.tags(),
                result.digest(),
                result.pushedAt(),
                RuleAction.of(result.action()),
                result.rule(),
                result.storageClass());
    }
}
