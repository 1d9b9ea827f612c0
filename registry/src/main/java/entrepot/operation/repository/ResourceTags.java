package entrepot.operation.repository;

import entrepot.domain.JsonAloneError;
import entrepot.domain.Limits;
import entrepot.domain.RegistryException;
import entrepot.domain.ResourceTag;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/// What ECR asks of resource tags: keys of 1 to 128 characters that do not begin with `aws:` and stand once, values of
/// at most 256. Source: ECR user guide, "Tagging a private repository".
public final class ResourceTags {

    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    /// Four times what a repository can have by default.
    private static final int MOST_KEYS = 200;

    private ResourceTags() {}

    /// What a request may give at most, whatever the repository has. Checked before any policy is asked about them,
    /// so that what a policy looks at is bounded.
    public static List<ResourceTag> given(List<ResourceTag> tags, Limits limits) {
        checkCount(tags.size(), limits);
        check(tags);
        return tags;
    }

    /// The same, of keys to be removed.
    static List<String> named(List<String> keys) {
        if (keys.size() > MOST_KEYS) {
            throw invalid("At most %d tag keys can be given".formatted(MOST_KEYS));
        }
        keys.forEach(ResourceTags::checkKey);
        return keys;
    }

    private static void check(List<ResourceTag> tags) {
        var keys = new HashSet<String>();
        for (var tag : tags) {
            checkKey(tag.key());
            if (tag.value().length() > LONGEST_VALUE) {
                throw invalid(
                        "The value of the tag '%s' is longer than %d characters".formatted(tag.key(), LONGEST_VALUE));
            }
            if (!keys.add(tag.key())) {
                throw invalid("The tag key '%s' is given more than once".formatted(tag.key()));
            }
        }
    }

    private static void checkKey(String key) {
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            throw invalid("A tag key must have 1 to %d characters".formatted(LONGEST_KEY));
        }
        if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
            throw invalid("The tag key '%s' is reserved: it begins with 'aws:'".formatted(key));
        }
    }

    /// Counts what the repository would have.
    ///
    /// @param count how many tags the repository would have
    static void checkCount(long count, Limits limits) {
        if (count > limits.registry().tagsPerResource()) {
            throw new RegistryException(new JsonAloneError.TooManyTags("A repository can have at most %d tags"
                    .formatted(limits.registry().tagsPerResource())));
        }
    }

    private static RegistryException invalid(String message) {
        return new RegistryException(new JsonAloneError.InvalidTagParameter(message));
    }
}
