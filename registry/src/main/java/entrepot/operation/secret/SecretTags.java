package entrepot.operation.secret;

import entrepot.domain.ResourceTag;
import entrepot.domain.Secret;
import entrepot.store.Transaction;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What Secrets Manager asks of tags. Source: Secrets Manager API, TagResource; AWS General Reference, "Tag naming and
/// usage conventions".
final class SecretTags {

    /// Of one secret.
    private static final int MOST = 50;

    private SecretTags() {}

    /// The tags given, or none. Checked before any policy is asked about them, so that what a policy looks at is
    /// bounded.
    static List<ResourceTag> checked(@Nullable List<SecretTag> given) {
        var tags = given == null ? List.<SecretTag>of() : given;
        requireFew(tags.size());
        var keys = new HashSet<String>();
        for (var tag : tags) {
            requireOwn(tag.key());
            if (!keys.add(tag.key())) {
                throw SecretRefusals.parameter("The tag key '%s' is given more than once.".formatted(tag.key()));
            }
        }
        return tags.stream().map(SecretTag::stored).toList();
    }

    /// The same, of keys to be removed.
    static List<String> named(List<String> keys) {
        requireFew(keys.size());
        keys.forEach(SecretTags::requireOwn);
        return keys;
    }

    static void put(Transaction tx, Secret secret, List<ResourceTag> tags) {
        var count = Stream.concat(tx.secrets().tags(secret).stream(), tags.stream())
                .map(ResourceTag::key)
                .distinct()
                .count();
        requireFew(count);
        tx.secrets().putTags(secret, tags);
    }

    private static void requireOwn(String key) {
        if (key == null || key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
            throw SecretRefusals.parameter(
                    key == null
                            ? "A tag must have a key."
                            : "The tag key '%s' is reserved: it begins with 'aws:'.".formatted(key));
        }
    }

    private static void requireFew(long count) {
        if (count > MOST) {
            throw SecretRefusals.parameter("A secret can have at most %d tags.".formatted(MOST));
        }
    }
}
