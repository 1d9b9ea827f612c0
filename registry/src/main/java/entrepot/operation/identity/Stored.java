package entrepot.operation.identity;

import entrepot.auth.Caller;
import entrepot.domain.Arn;
import entrepot.domain.CustomerPolicy;
import entrepot.domain.User;
import entrepot.domain.UserName;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.Transaction;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds what a request names in the caller's account, or fails with `NoSuchEntity`.
public final class Stored {

    private Stored() {}

    public static User user(Transaction tx, Caller caller, UserName name) {
        return tx.users().find(Needs.account(caller), name).orElseThrow(() -> Refusals.noSuchUser(name));
    }

    /// The user of this name, or without one the caller as they are now; null if that is a root.
    public static @Nullable User userOrCaller(Transaction tx, Caller caller, @Nullable UserName name) {
        if (name != null) {
            return user(tx, caller, name);
        }
        var self = caller.principal().user();
        return self == null ? null : tx.users().find(self.id()).orElseThrow(() -> Refusals.noSuchUser(self.name()));
    }

    /// The policy of this ARN, which must be of the partition that is called.
    public static CustomerPolicy policy(Transaction tx, Caller caller, Arn arn) {
        return Optional.of(arn)
                .filter(named -> named.equals(named.in(caller.partition())))
                .flatMap(tx.policies()::find)
                .orElseThrow(() -> Refusals.noSuchPolicy(arn));
    }

    /// A key of the caller's account; one of another account is as good as none.
    public static Optional<AccessKey> ownKey(Transaction tx, Caller caller, String id) {
        return tx.accessKeys().find(id).filter(key -> key.account().equals(Needs.account(caller)));
    }

    /// A key of this user, or of the account's root.
    public static AccessKey key(Transaction tx, Caller caller, @Nullable User owner, String id) {
        return tx.accessKeys().of(Needs.account(caller), owner).stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Refusals.noSuchKey(id));
    }
}
