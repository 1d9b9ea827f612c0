package entrepot.operation.identity;

import entrepot.domain.ResourceTag;
import entrepot.domain.User;
import entrepot.store.Transaction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The tags of users and policies, whose keys are the same whatever their case. Source: IAM user guide, "Rules for
/// tagging in IAM".
public final class Tags {

    private static final String RESERVED = "aws:";

    private Tags() {}

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

    /// Adds the tags; one whose key is another's but for the case takes its place.
    public static void put(Transaction tx, User user, List<ResourceTag> tags) {
        var added = keys(tags);
        var before = tx.users().tags(user).stream().map(ResourceTag::key).toList();
        var replaced = before.stream().filter(added::contains).toList();
        if (before.size() - replaced.size() + tags.size() > Quotas.TAGS) {
            throw Refusals.limit("The number of tags has reached the maximum limit.");
        }
        tx.users().removeTags(user, replaced);
        tx.users().putTags(user, tags);
    }

    /// Those of the user's keys that are named, in any case.
    public static List<String> named(Transaction tx, User user, List<String> names) {
        var keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        keys.addAll(names);
        return tx.users().tags(user).stream()
                .map(ResourceTag::key)
                .filter(keys::contains)
                .toList();
    }

    private static Set<String> keys(List<ResourceTag> tags) {
        var keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        tags.forEach(tag -> keys.add(tag.key()));
        return keys;
    }
}
