package entrepot.operation.identity.policy;

import entrepot.domain.ResourceTag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A managed policy as IAM's answers describe it.
///
/// @param description null where IAM does not tell it
/// @param tags null where IAM does not tell them
public record PolicyView(
        String policyName,
        String policyId,
        String arn,
        String path,
        String defaultVersionId,
        int attachmentCount,
        int permissionsBoundaryUsageCount,
        boolean isAttachable,
        @Nullable String description,
        Instant createDate,
        Instant updateDate,
        @Nullable List<ResourceTag> tags) {

    static PolicyView of(
            ManagedPolicy policy, int attachments, @Nullable String description, @Nullable List<ResourceTag> tags) {
        return new PolicyView(
                policy.name(),
                policy.id(),
                policy.arn(),
                policy.path(),
                policy.defaultVersion(),
                attachments,
                0,
                true,
                description,
                policy.createdAt(),
                policy.updatedAt(),
                tags == null || tags.isEmpty() ? null : tags);
    }
}
