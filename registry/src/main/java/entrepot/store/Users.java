package entrepot.store;

import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.ResourceTag;
import entrepot.domain.User;
import entrepot.domain.UserName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The users of all accounts, with their tags, the policies written into them, and those attached to them.
public interface Users {

    /// By name, without regard to case.
    Optional<User> find(AccountId account, UserName name);

    /// By the ARN that it has now, in whichever partition.
    Optional<User> find(Arn arn);

    /// By id.
    Optional<User> find(String id);

    /// The caller has made sure that the account exists and the name is free; a lost race fails the transaction.
    void create(User user);

    /// Gives the user of this id the path and the name of `user`.
    void rename(User user);

    /// Removes a user with its tags. The caller has made sure that it has no keys and no policies.
    void delete(User user);

    /// In the order of names, those whose path begins with `pathPrefix`, after the name `after` or from the first one.
    List<User> list(AccountId account, String pathPrefix, @Nullable String after, int limit);

    int count(AccountId account);

    /// In the order of keys.
    List<ResourceTag> tags(User user);

    /// Adds the tags; one with the key of an existing tag takes its place.
    void putTags(User user, Collection<ResourceTag> tags);

    /// Removing an absent key is not an error.
    void removeTags(User user, Collection<String> keys);

    /// In the order of names, the policies written into the user, those after `after`, or from the first one.
    List<InlinePolicy> policies(User user, @Nullable String after, int limit);

    Optional<InlinePolicy> policy(User user, String name);

    /// One of the same name is replaced.
    void putPolicy(User user, InlinePolicy policy);

    /// Removing an absent one is not an error.
    void deletePolicy(User user, String name);

    /// In the order of ARNs, the managed policies attached to the user, as they are called in the partition `aws`.
    /// There
    /// are few.
    List<Arn> attached(User user);

    /// In the order of names, the users of the account to whom the policy is attached and whose path begins with
    /// `pathPrefix`, after the name `after` or from the first one.
    List<User> attachedTo(AccountId account, Arn policy, String pathPrefix, @Nullable String after, int limit);

    /// Attaching twice is not an error. The caller has made sure that the policy exists.
    void attach(User user, Arn policy);

    /// Detaching an absent one is not an error.
    void detach(User user, Arn policy);

    /// A policy that is part of one user.
    record InlinePolicy(String name, String document) {}
}
