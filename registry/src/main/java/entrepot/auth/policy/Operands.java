package entrepot.auth.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.AddressRange;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The types of a condition's values. A request's value that is none of the type matches nothing.
final class Operands {

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,40}(?:\\.[0-9]{1,40})?");

    private Operands() {}

    static Operand text(Template template, boolean ignoringCase) {
        return new Text(template, ignoringCase);
    }

    private record Text(Template template, boolean ignoringCase) implements Operand {

        @Override
        public boolean matches(String value, ConditionKeys keys) {
            return template.matches(value, ignoringCase, keys);
        }

        @Override
        public Stream<String> variables() {
            return template.variables();
        }
    }

    static Operand address(String text) {
        var range = AddressRange.parse(text).orElseThrow(() -> invalid(text));
        return (value, _) -> AddressRange.address(value).filter(range::contains).isPresent();
    }

    static Operand bool(String text) {
        if (!isBool(text)) {
            throw invalid(text);
        }
        return (value, _) -> value.equalsIgnoreCase(text);
    }

    static boolean isBool(String text) {
        return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
    }

    static Operand binary(String text) {
        var bytes = decode(text).orElseThrow(() -> invalid(text));
        return (value, _) -> decode(value).filter(bytes::equals).isPresent();
    }

    /// The bytes as hexadecimal digits, which can be compared.
    private static Optional<String> decode(String text) {
        try {
            return Optional.of(HexFormat.of().formatHex(Base64.getDecoder().decode(text.getBytes(UTF_8))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// @param order what comparing the request's value with the policy's must give
    static <T extends Comparable<? super T>> Operand ordered(
            String text, Function<String, Optional<T>> type, IntPredicate order) {
        var bound = type.apply(text).orElseThrow(() -> invalid(text));
        return (value, _) -> type.apply(value)
                .filter(actual -> order.test(actual.compareTo(bound)))
                .isPresent();
    }

    static Optional<BigDecimal> number(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    static MalformedPolicyException invalid(String value) {
        return new MalformedPolicyException("Invalid condition value: " + value);
    }
}
