package entrepot.auth;

import entrepot.domain.ResourceTag;
import entrepot.domain.User;
import entrepot.store.AccessKeys.AccessKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is asking: the root of an account, or a user of it.
///
/// @param arn such as `arn:aws:iam::000000000000:root`
/// @param id what a policy calls `aws:userid`: a user's `AIDA...`, or the account of a root
/// @param user null for a root
/// @param tags the user's
/// @param accessKeyId the key that proved it
public record Principal(
        String account, String arn, String id, @Nullable User user, List<ResourceTag> tags, String accessKeyId) {

    /// What a policy calls `aws:PrincipalType`.
    public enum Kind {
        ACCOUNT,
        USER
    }

    public Principal {
        tags = List.copyOf(tags);
    }

    public static Principal ofRoot(String account, String accessKeyId) {
        return new Principal(account, AccessKey.rootOf(account), account, null, List.of(), accessKeyId);
    }

    public static Principal ofUser(User user, List<ResourceTag> tags, String accessKeyId) {
        return new Principal(user.account(), user.arn().value(), user.id(), user, tags, accessKeyId);
    }

    public Kind kind() {
        return user == null ? Kind.ACCOUNT : Kind.USER;
    }

    public boolean isRoot() {
        return user == null;
    }

    /// What a policy calls `aws:username`; null for a root.
    public @Nullable String userName() {
        return user == null ? null : user.name();
    }
}
