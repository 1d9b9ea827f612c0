package entrepot.operation.identity.key;

import entrepot.store.AccessKeys.AccessKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A key as IAM's answers describe it, without its secret.
///
/// @param userName null for a root's
/// @param status `Active` or `Inactive`
public record KeyView(@Nullable String userName, String accessKeyId, String status, Instant createDate) {

    static final String ACTIVE = "Active";
    static final String INACTIVE = "Inactive";

    static KeyView of(AccessKey key) {
        var user = key.user();
        return new KeyView(
                user == null ? null : user.name().value(),
                key.id(),
                key.isActive() ? ACTIVE : INACTIVE,
                key.createdAt());
    }
}
