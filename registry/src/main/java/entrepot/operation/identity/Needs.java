package entrepot.operation.identity;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.ResourceTag;
import entrepot.domain.User;
import entrepot.domain.UserName;
import entrepot.store.MetadataStore;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the operations of IAM need. Source: service authorization reference, "Actions, resources, and condition keys
/// for AWS Identity and Access Management".
///
/// A refusal calls users, policies and keys as the caller did: whether they are there, where, and whose they are is
/// for those to know who may ask.
public record Needs(MetadataStore metadata) {

    private static final Pattern ACCOUNT = Pattern.compile("arn:[a-z-]+:iam::([0-9]{12}):.*");

    /// On a user, whose ARN has the path that it is stored with; on one that is not there, by its name alone.
    ///
    /// @param name null for the caller
    public List<Permission> onUser(Caller caller, String action, @Nullable UserName name) {
        return List.of(user(caller, action, name));
    }

    /// The same, for a request that says more.
    public Permission user(Caller caller, String action, @Nullable UserName name) {
        var self = caller.principal().userName();
        var called = name != null ? name.value() : self == null ? "root" : self;
        return permission(caller, action, arn(caller, name)).calling("user " + called);
    }

    /// On what a user is to be.
    public Permission renamed(Caller caller, String action, User user) {
        return permission(caller, action, user.arn(caller.partition())).calling("user " + user.name());
    }

    /// To make something, and to tag it if it is made with tags.
    ///
    /// @param tagging the action that tags it later
    public List<Permission> onNew(
            Caller caller, String action, String tagging, Arn resource, @Nullable List<ResourceTag> given) {
        var tags = given == null ? List.<ResourceTag>of() : given;
        var actions = tags.isEmpty() ? Stream.of(action) : Stream.of(action, tagging);
        return actions.map(one -> permission(caller, one, resource).creatingWith(tags))
                .toList();
    }

    /// On a managed policy, in the account that its ARN names; AWS's own are of every account.
    public List<Permission> onPolicy(Caller caller, String action, Arn arn) {
        return List.of(policy(caller, action, arn));
    }

    /// The same, for a request that says more.
    public Permission policy(Caller caller, String action, Arn arn) {
        var account = ACCOUNT.matcher(arn.value());
        var owner = account.matches() ? new AccountId(account.group(1)) : account(caller);
        return new Permission(owner, "iam:" + action, arn).calling("policy " + arn);
    }

    /// On whatever this ARN names in the caller's account.
    public Permission permission(Caller caller, String action, Arn resource) {
        return new Permission(account(caller), "iam:" + action, resource);
    }

    /// On the owner of a key; on one that is not there, or another account's, on nothing in particular.
    public List<Permission> onKey(Caller caller, String action, String id) {
        var owner = metadata.read(tx -> Stored.ownKey(tx, caller, id)).map(key -> key.principal(caller.partition()));
        return List.of(permission(caller, action, owner.orElse(Arn.ANY)).calling("access key " + id));
    }

    Arn arn(Caller caller, @Nullable UserName name) {
        if (name == null) {
            return new Arn(caller.principal().arn());
        }
        return metadata.read(tx -> tx.users().find(account(caller), name))
                .map(user -> user.arn(caller.partition()))
                .orElseGet(() -> User.arn(caller.partition(), account(caller), "/", name.value()));
    }

    public static AccountId account(Caller caller) {
        return caller.principal().account();
    }
}
