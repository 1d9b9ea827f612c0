package entrepot.aws.protocol;

import entrepot.aws.model.Shape;
import entrepot.domain.Content;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// What a value breaks of the model's constraints, as AWS words it, without the `Member` that comes before. Lengths of
/// texts are in UTF-16 units.
public final class Constraints {

    /// What is said of a member that must be there, and is not.
    public static final String NULL = "must not be null";

    /// What comes before a pattern that a text does not match.
    public static final String PATTERN = "must satisfy regular expression pattern: ";

    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private Constraints() {}

    /// Of a value that is no list or structure; empty if it is fine.
    public static Optional<String> violation(Shape shape, Object value) {
        return switch (shape) {
            case Shape.Text text -> text(text, (String) value);
            case Shape.Whole whole -> whole.bounds().valueViolation((Long) value);
            case Shape.Blob blob -> blob.bounds().lengthViolation(((Content) value).length());
            case Shape.Structure _, Shape.ListOf _, Shape.MapOf _, Shape.Decimal _, Shape.Flag _, Shape.Time _ ->
                Optional.empty();
        };
    }

    /// A text that is too long is not matched any more.
    private static Optional<String> text(Shape.Text shape, String text) {
        return shape.bounds()
                .lengthViolation(text.length())
                .or(() -> pattern(shape, text))
                .or(() -> values(shape, text));
    }

    private static Optional<String> pattern(Shape.Text shape, String text) {
        return Optional.ofNullable(shape.pattern())
                .filter(regex -> !matches(regex, text))
                .map(PATTERN::concat);
    }

    private static boolean matches(String regex, String text) {
        return PATTERNS.computeIfAbsent(regex, Pattern::compile).matcher(text).matches();
    }

    private static Optional<String> values(Shape.Text shape, String text) {
        return shape.values().isEmpty() || shape.values().contains(text)
                ? Optional.empty()
                : Optional.of("must satisfy enum value set: " + shape.values());
    }
}
