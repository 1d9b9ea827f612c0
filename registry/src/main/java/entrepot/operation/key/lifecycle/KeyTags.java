package entrepot.operation.key.lifecycle;

import entrepot.domain.EncryptionKey;
import entrepot.domain.KmsError.Kind;
import entrepot.domain.RegistryException;
import entrepot.domain.ResourceTag;
import entrepot.store.Transaction;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What KMS asks of tags. Source: KMS API, TagResource; KMS developer guide, "Tags in AWS KMS".
final class KeyTags {

    /// KMS's quota for a key.
    private static final int MOST = 50;

    private KeyTags() {}

    /// The tags given, or none. Checked before any policy is asked about them, so that what a policy looks at is
    /// bounded.
    static List<ResourceTag> checked(@Nullable List<KeyTag> given) {
        var tags = given == null ? List.<KeyTag>of() : given;
        if (tags.size() > MOST) {
            throw tooMany();
        }
        var keys = new HashSet<String>();
        for (var tag : tags) {
            requireOwn(tag.tagKey());
            if (!keys.add(tag.tagKey())) {
                throw Kind.TAG.refusal("Duplicate tag keys");
            }
        }
        return tags.stream().map(KeyTag::stored).toList();
    }

    /// The same, of keys to be removed.
    static List<String> named(List<String> keys) {
        if (keys.size() > MOST) {
            throw tooMany();
        }
        keys.forEach(KeyTags::requireOwn);
        return keys;
    }

    static void put(Transaction tx, EncryptionKey key, List<ResourceTag> tags) {
        var count = Stream.concat(tx.encryptionKeys().tags(key).stream(), tags.stream())
                .map(ResourceTag::key)
                .distinct()
                .count();
        if (count > MOST) {
            throw tooMany();
        }
        tx.encryptionKeys().putTags(key, tags);
    }

    private static void requireOwn(String key) {
        if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
            throw Kind.TAG.refusal("The tag key '%s' is reserved: it begins with 'aws:'.".formatted(key));
        }
    }

    private static RegistryException tooMany() {
        return Kind.LIMIT_EXCEEDED.refusal("A key can have at most %d tags.".formatted(MOST));
    }
}
