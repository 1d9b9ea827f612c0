package entrepot.auth.policy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// How a condition compares, without the `ForAnyValue:` before it and the `IfExists` behind.
///
/// @param negated whether it holds where nothing matches
record Operator(Type type, boolean negated) {

    private static final Map<String, Operator> ALL = all();

    /// What kind of values are compared, and how.
    @FunctionalInterface
    interface Type {

        /// Reads one value.
        ///
        /// @throws MalformedPolicyException if the text is no value of the type
        Operand operand(String text, boolean variables);
    }

    /// Null if there is none of this name.
    static @Nullable Operator named(String name) {
        return ALL.get(name);
    }

    private static Map<String, Operator> all() {
        var all = new HashMap<String, Operator>();
        both(all, "String", "Equals", (text, variables) -> Operands.text(Template.plain(text, variables), false));
        both(
                all,
                "String",
                "EqualsIgnoreCase",
                (text, variables) -> Operands.text(Template.plain(text, variables), true));
        both(all, "String", "Like", (text, variables) -> Operands.text(Template.glob(text, variables), false));
        both(all, "Arn", "Equals", (text, variables) -> new ArnPattern(Template.glob(text, variables)));
        both(all, "Arn", "Like", (text, variables) -> new ArnPattern(Template.glob(text, variables)));
        both(all, "Numeric", "Equals", numeric(order -> order == 0));
        both(all, "Date", "Equals", date(order -> order == 0));
        ordered(all, "LessThan", order -> order < 0);
        ordered(all, "LessThanEquals", order -> order <= 0);
        ordered(all, "GreaterThan", order -> order > 0);
        ordered(all, "GreaterThanEquals", order -> order >= 0);
        all.put("Bool", new Operator((text, _) -> Operands.bool(text), false));
        all.put("BinaryEquals", new Operator((text, _) -> Operands.binary(text), false));
        all.put("IpAddress", new Operator((text, _) -> Operands.address(text), false));
        all.put("NotIpAddress", new Operator((text, _) -> Operands.address(text), true));
        return Map.copyOf(all);
    }

    private static void both(Map<String, Operator> all, String family, String comparison, Type type) {
        all.put(family + comparison, new Operator(type, false));
        all.put(family + "Not" + comparison, new Operator(type, true));
    }

    private static void ordered(Map<String, Operator> all, String comparison, IntPredicate order) {
        all.put("Numeric" + comparison, new Operator(numeric(order), false));
        all.put("Date" + comparison, new Operator(date(order), false));
    }

    private static Type numeric(IntPredicate order) {
        return (text, _) -> Operands.<BigDecimal>ordered(text, Operands::number, order);
    }

    private static Type date(IntPredicate order) {
        return (text, _) -> Operands.<Instant>ordered(text, Dates::parse, order);
    }
}
