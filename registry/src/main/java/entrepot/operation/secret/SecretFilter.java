package entrepot.operation.secret;

import entrepot.domain.ResourceTag;
import entrepot.domain.Secret;
import entrepot.domain.SecretsError.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What secrets a list is to have: all filters must let one through, and of a filter's values one. Source: Secrets
/// Manager API, `Filter`; user guide, "Find secrets in AWS Secrets Manager".
public record SecretFilter(@Nullable String key, @Nullable List<String> values) {

    private static final Set<String> KEYS =
            Set.of("description", "name", "tag-key", "tag-value", "primary-region", "owning-service", "all");

    /// Fails with a refusal for a filter that is none.
    void check() {
        if (key == null || !KEYS.contains(key)) {
            throw Kind.VALIDATION.refusal("1 validation error detected: Value at 'filters.1.member.key' failed to"
                    + " satisfy constraint: Member must satisfy enum value set: [all, description, name,"
                    + " owning-service, primary-region, tag-key, tag-value]");
        }
        if (values == null || values.isEmpty()) {
            throw SecretRefusals.parameter("You must provide a list of values for the filter %s.".formatted(key));
        }
    }

    boolean lets(Secret secret, List<ResourceTag> tags) {
        return values != null && values.stream().anyMatch(value -> lets(value, secret, tags));
    }

    /// A `!` turns it round.
    private boolean lets(String value, Secret secret, List<ResourceTag> tags) {
        return value.startsWith("!") ? !matches(value.substring(1), secret, tags) : matches(value, secret, tags);
    }

    private boolean matches(String value, Secret secret, List<ResourceTag> tags) {
        Predicate<String> begins = text -> text.startsWith(value);
        return switch (String.valueOf(key)) {
            case "name" -> begins.test(secret.name());
            case "description" -> lower(secret.description()).startsWith(lower(value));
            case "tag-key" -> tags.stream().map(ResourceTag::key).anyMatch(begins);
            case "tag-value" -> tags.stream().map(ResourceTag::value).anyMatch(begins);
            case "primary-region" -> begins.test(secret.home().region());
            case "all" -> isSomewhere(value, secret, tags);
            default -> false;
        };
    }

    private static boolean isSomewhere(String value, Secret secret, List<ResourceTag> tags) {
        var texts = Stream.concat(
                        Stream.of(secret.name(), lower(secret.description())),
                        tags.stream().flatMap(tag -> Stream.of(tag.key(), tag.value())))
                .map(SecretFilter::lower)
                .toList();
        return Stream.of(lower(value).split("[^a-z0-9]+", -1))
                .filter(word -> !word.isEmpty())
                .anyMatch(word -> texts.stream().anyMatch(text -> text.contains(word)));
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
