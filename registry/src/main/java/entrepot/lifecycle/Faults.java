package entrepot.lifecycle;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What is wrong with a document, in the words of the validator that ECR uses (json-schema-validator, draft 4).
final class Faults {

    private static final String NO_ALTERNATIVE = "instance failed to match exactly one schema (matched 0 out of 2)";

    private final List<String> all = new ArrayList<>();

    List<String> all() {
        return List.copyOf(all);
    }

    void add(String fault) {
        all.add(fault);
    }

    /// None of two forms that a thing may have is the one that it has.
    void addNoAlternative() {
        add(NO_ALTERNATIVE);
    }

    /// The members of an object, unless the value is none.
    ///
    /// @param required names of members that must be there
    /// @param known names of all that may be there
    Optional<Map<?, ?>> object(@Nullable Object value, SortedSet<String> required, Collection<String> known) {
        if (!(value instanceof Map<?, ?> members)) {
            addType(value, "object");
            return Optional.empty();
        }
        var missing = new TreeSet<>(required);
        missing.removeAll(members.keySet());
        if (!missing.isEmpty()) {
            add("object has missing required properties (%s)".formatted(PolicyText.written(missing)));
        }
        var unknown = new TreeSet<String>();
        members.keySet().forEach(name -> unknown.add(name.toString()));
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            add("object instance has properties which are not allowed by the schema: (%s)"
                    .formatted(PolicyText.written(unknown)));
        }
        return Optional.of(members);
    }

    void array(@Nullable Object value, int least, int most, Consumer<@Nullable Object> element) {
        if (!(value instanceof List<?> list)) {
            addType(value, "array");
        } else if (list.size() < least) {
            add("array is too short: must have at least %d elements but instance has %d elements"
                    .formatted(least, list.size()));
        } else if (list.size() > most) {
            add("array is too long: must have at most %d elements but instance has %d elements"
                    .formatted(most, list.size()));
        } else {
            list.forEach(element);
        }
    }

    void text(@Nullable Object value, int shortest) {
        if (!(value instanceof String text)) {
            addType(value, "string");
        } else if (text.length() < shortest) {
            add("string %s is too short (length: %d, required minimum: %d)"
                    .formatted(PolicyText.written(text), text.length(), shortest));
        }
    }

    void oneOf(@Nullable Object value, List<String> values) {
        if (!(value instanceof String)) {
            addType(value, "string");
        } else if (!values.contains(value)) {
            add("instance value (%s) not found in enum (possible values: %s)"
                    .formatted(PolicyText.written(value), PolicyText.written(values)));
        }
    }

    void whole(@Nullable Object value, int least) {
        var number = switch (value) {
            case Integer small -> BigInteger.valueOf(small);
            case Long large -> BigInteger.valueOf(large);
            case BigInteger huge -> huge;
            case null, default -> null;
        };
        if (number == null) {
            addType(value, "integer");
        } else if (number.compareTo(BigInteger.valueOf(least)) < 0) {
            add("numeric instance is lower than the required minimum (minimum: %d, found: %s)"
                    .formatted(least, number));
        } else if (number.bitLength() >= Integer.SIZE) {
            add("numeric instance is greater than the required maximum (maximum: %d, found: %s)"
                    .formatted(Integer.MAX_VALUE, number));
        }
    }

    private void addType(@Nullable Object value, String allowed) {
        add("instance type (%s) does not match any allowed primitive type (allowed: [\"%s\"])"
                .formatted(type(value), allowed));
    }

    private static String type(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> _ -> "object";
            case List<?> _ -> "array";
            case String _ -> "string";
            case Boolean _ -> "boolean";
            case Integer _, Long _, BigInteger _ -> "integer";
            default -> "number";
        };
    }
}
