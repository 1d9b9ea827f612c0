package entrepot.aws.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A type of an API model (Smithy's "shape"). Shapes name one another; [ApiModel] finds them.
public sealed interface Shape {

    /// A JSON object with known members.
    ///
    /// @param members name to shape, in the model's order
    record Structure(Map<String, String> members, Set<String> required) implements Shape {}

    /// A JSON array.
    record ListOf(String element, Bounds bounds) implements Shape {}

    /// A JSON object with any keys.
    record MapOf(String value) implements Shape {}

    /// A JSON string.
    ///
    /// @param pattern that the whole text must match
    /// @param values the only ones allowed, in the model's order; empty if any is
    record Text(Bounds bounds, @Nullable String pattern, List<String> values) implements Shape {}

    /// A JSON number without fraction.
    record Whole(Bounds bounds) implements Shape {}

    /// A JSON number.
    record Decimal() implements Shape {}

    /// `true` or `false`.
    record Flag() implements Shape {}

    /// Seconds since 1970 with a fraction; only in answers.
    record Time() implements Shape {}

    /// Bytes, as Base64 in a JSON string.
    ///
    /// @param bounds of the decoded length
    record Blob(Bounds bounds) implements Shape {}
}
