package entrepot.operation.identity.user;

import entrepot.domain.Partition;
import entrepot.domain.ResourceTag;
import entrepot.domain.User;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A user as IAM's answers describe them. A root has no path and no name.
///
/// @param tags null where IAM does not tell them
public record UserView(
        @Nullable String path,
        @Nullable String userName,
        String userId,
        String arn,
        Instant createDate,
        @Nullable List<ResourceTag> tags) {

    static UserView of(Partition partition, User user, @Nullable List<ResourceTag> tags) {
        return new UserView(
                user.path(),
                user.name().value(),
                user.id(),
                user.arn(partition).value(),
                user.createdAt(),
                tags == null || tags.isEmpty() ? null : tags);
    }
}
