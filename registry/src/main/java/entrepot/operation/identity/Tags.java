package entrepot.operation.identity;

import entrepot.domain.CustomerPolicy;
import entrepot.domain.ResourceTag;
import entrepot.domain.User;
import entrepot.store.Transaction;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The tags of a user or a policy, whose keys are the same whatever their case. Source: IAM user guide, "Rules for
/// tagging in IAM".
public final class Tags {

    private static final String RESERVED = "aws:";

    private final List<ResourceTag> before;
    private final Consumer<List<ResourceTag>> put;
    private final Consumer<List<String>> remove;

    private Tags(List<ResourceTag> before, Consumer<List<ResourceTag>> put, Consumer<List<String>> remove) {
        this.before = before;
        this.put = put;
        this.remove = remove;
    }

    /// The tags given, or none. Fails with a refusal if a key is there twice or reserved.
    public static List<ResourceTag> checked(@Nullable List<ResourceTag> given) {
        var tags = given == null ? List.<ResourceTag>of() : given;
        var keys = new HashSet<String>();
        for (var tag : tags) {
            if (!keys.add(User.fold(tag.key()))) {
                throw Refusals.input("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
            if (User.fold(tag.key()).startsWith(RESERVED)) {
                throw Refusals.input("System tags cannot be added/updated/deleted by user: " + tag.key());
            }
        }
        return tags;
    }

    /// Those of a user.
    public static Tags of(Transaction tx, User user) {
        var users = tx.users();
        return new Tags(users.tags(user), tags -> users.putTags(user, tags), keys -> users.removeTags(user, keys));
    }

    /// Those of a policy.
    public static Tags of(Transaction tx, CustomerPolicy policy) {
        var policies = tx.policies();
        return new Tags(
                policies.tags(policy),
                tags -> policies.putTags(policy, tags),
                keys -> policies.removeTags(policy, keys));
    }

    /// Adds tags; one whose key is another's but for the case takes its place.
    public void put(List<ResourceTag> tags) {
        var replaced = named(tags.stream().map(ResourceTag::key).toList());
        if (before.size() - replaced.size() + tags.size() > Quotas.TAGS) {
            throw Refusals.limit("The number of tags has reached the maximum limit.");
        }
        remove.accept(replaced);
        put.accept(tags);
    }

    /// Removes those whose keys are named, in any case. One that is not there is no error.
    public void remove(List<String> keys) {
        remove.accept(named(keys));
    }

    private List<String> named(List<String> names) {
        var keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        keys.addAll(names);
        return before.stream().map(ResourceTag::key).filter(keys::contains).toList();
    }
}
