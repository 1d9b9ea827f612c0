package entrepot.store;

import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.CustomerPolicy;
import entrepot.domain.CustomerPolicy.Version;
import entrepot.domain.ResourceTag;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The managed policies of all accounts' own. AWS's are not among them, but whom they are attached to is known here.
public interface Policies {

    /// By ARN, in whichever partition; the rest is compared exactly. Empty for what is no ARN of a policy.
    Optional<CustomerPolicy> find(Arn arn);

    /// By name, without regard to case or path.
    Optional<CustomerPolicy> find(AccountId account, String name);

    /// Stores a policy with its first version. The caller has made sure that the account exists and the name is free.
    void create(CustomerPolicy policy, String document);

    /// Removes a policy with its versions and tags. The caller has made sure that it is attached to nobody.
    void delete(CustomerPolicy policy);

    /// In the order of names, those whose path begins with `pathPrefix`, after the name `after` or from the first one.
    List<CustomerPolicy> list(AccountId account, String pathPrefix, @Nullable String after, int limit);

    int count(AccountId account);

    /// In the order of keys.
    List<ResourceTag> tags(CustomerPolicy policy);

    /// Adds the tags; one with the key of an existing tag takes its place.
    void putTags(CustomerPolicy policy, Collection<ResourceTag> tags);

    /// Removing an absent one is not an error.
    void removeTags(CustomerPolicy policy, Collection<String> keys);

    /// The newest first.
    List<Version> versions(CustomerPolicy policy);

    Optional<Version> version(CustomerPolicy policy, int number);

    /// Adds the version after the latest one, which becomes the latest.
    Version addVersion(CustomerPolicy policy, String document, Instant now);

    void setDefaultVersion(CustomerPolicy policy, int number, Instant now);

    /// Removing an absent one is not an error.
    void deleteVersion(CustomerPolicy policy, int number);

    /// How many users of the account a policy is attached to, the account's own or AWS's.
    int attachments(AccountId account, Arn policy);

    /// The document that counts, of a policy that is an account's own.
    default Optional<String> document(Arn arn) {
        return find(arn)
                .flatMap(policy -> version(policy, policy.defaultVersion()))
                .map(Version::document);
    }
}
