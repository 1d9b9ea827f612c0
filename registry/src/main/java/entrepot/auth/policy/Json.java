package entrepot.auth.policy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Parts of a document as the grammar wants them.
final class Json {

    private Json() {}

    /// A text, or a list of texts that has at least one.
    ///
    /// @param what the message's name for them
    static List<String> texts(@Nullable Object value, String what) {
        var list = list(value);
        if (list.isEmpty()) {
            throw new MalformedPolicyException("Policy statement must contain %s.".formatted(what));
        }
        return list.stream().map(Json::text).toList();
    }

    static String text(@Nullable Object value) {
        if (value instanceof String text && text.length() <= PolicyDocument.LONGEST_VALUE) {
            return text;
        }
        throw MalformedPolicyException.syntax();
    }

    /// A condition's values may also be numbers and booleans.
    static List<String> scalars(@Nullable Object value) {
        var list = list(value);
        if (list.isEmpty()) {
            throw MalformedPolicyException.syntax();
        }
        return list.stream()
                .map(each -> each instanceof Number || each instanceof Boolean ? each.toString() : text(each))
                .toList();
    }

    static List<?> list(@Nullable Object value) {
        if (value == null) {
            throw MalformedPolicyException.syntax();
        }
        return value instanceof List<?> list ? list : List.of(value);
    }

    static Map<?, ?> object(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            return object;
        }
        throw MalformedPolicyException.syntax();
    }
}
