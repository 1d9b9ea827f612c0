package entrepot.auth;

import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.Partition;
import entrepot.domain.ResourceTag;
import entrepot.domain.User;
import entrepot.store.AccessKeys.AccessKey;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Who is asking: the root of an account, or a user of it.
///
/// @param home the account that they belong to; null for nobody, who belongs to none
/// @param arn such as `arn:aws:iam::000000000000:root`, in the partition that is called
/// @param id what a policy calls `aws:userid`: a user's `AIDA...`, or the account of a root
/// @param user null for a root and for nobody
/// @param tags the user's
/// @param accessKeyId the key that proved it; empty for nobody
public record Principal(
        @Nullable AccountId home,
        String arn,
        String id,
        @Nullable User user,
        List<ResourceTag> tags,
        String accessKeyId) {

    /// What a policy calls `aws:PrincipalType`.
    public enum Kind {
        ACCOUNT,
        USER,
        ANONYMOUS
    }

    private static final String NOBODY = "anonymous";
    private static final Principal ANONYMOUS = new Principal(null, NOBODY, NOBODY, null, List.of(), "");

    public Principal {
        tags = List.copyOf(tags);
    }

    /// Whoever brings no credentials. They belong to no account, hence only what is open to all is open to them.
    public static Principal anonymous() {
        return ANONYMOUS;
    }

    public static Principal ofRoot(AccountId account, String accessKeyId) {
        return new Principal(
                account,
                AccessKey.rootOf(Partition.AWS, account).value(),
                account.value(),
                null,
                List.of(),
                accessKeyId);
    }

    public static Principal ofUser(User user, List<ResourceTag> tags, String accessKeyId) {
        return new Principal(user.account(), user.arn(Partition.AWS).value(), user.id(), user, tags, accessKeyId);
    }

    /// The same, as they are called in a partition.
    public Principal in(Partition partition) {
        var there = new Arn(arn).in(partition).value();
        return there.equals(arn) ? this : new Principal(home, there, id, user, tags, accessKeyId);
    }

    /// The account that they belong to, which must not be asked of nobody.
    public AccountId account() {
        return Objects.requireNonNull(home, "the account of nobody was asked for");
    }

    /// What policies and records call the account: `anonymous` for nobody's.
    public String accountName() {
        return home == null ? NOBODY : home.value();
    }

    public Kind kind() {
        if (user != null) {
            return Kind.USER;
        }
        return accessKeyId.isEmpty() ? Kind.ANONYMOUS : Kind.ACCOUNT;
    }

    public boolean isRoot() {
        return kind() == Kind.ACCOUNT;
    }

    public boolean isAnonymous() {
        return kind() == Kind.ANONYMOUS;
    }

    /// What a policy calls `aws:username`; null for all but users.
    public @Nullable String userName() {
        return user == null ? null : user.name().value();
    }
}
