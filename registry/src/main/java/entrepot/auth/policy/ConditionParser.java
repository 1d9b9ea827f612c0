package entrepot.auth.policy;

import entrepot.auth.policy.Condition.Comparison;
import entrepot.auth.policy.Condition.Missing;
import entrepot.auth.policy.Condition.Quantifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a statement's `Condition`.
///
/// @param effect the statement's
/// @param variables whether the document's version has them
record ConditionParser(Effect effect, boolean variables) {

    private static final String IF_EXISTS = "IfExists";
    private static final String ANY = "ForAnyValue:";
    private static final String ALL = "ForAllValues:";

    static List<Condition> parse(Map<?, ?> statement, Effect effect, boolean variables) {
        return statement.containsKey("Condition")
                ? new ConditionParser(effect, variables).conditions(statement.get("Condition"))
                : List.of();
    }

    private List<Condition> conditions(@Nullable Object value) {
        var conditions = new ArrayList<Condition>();
        Json.object(value)
                .forEach((operator, keys) -> Json.object(keys)
                        .forEach((key, values) -> conditions.add(
                                condition(Json.text(operator), key(Json.text(key)), Json.scalars(values)))));
        return conditions;
    }

    private static String key(String key) {
        var colon = key.indexOf(':');
        if (colon < 1 || colon == key.length() - 1) {
            throw new MalformedPolicyException(
                    "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
        }
        return key;
    }

    private Condition condition(String operator, String key, List<String> values) {
        if (operator.equals("Null")) {
            return new Missing(key, values.stream().map(ConditionParser::bool).toList());
        }
        var comparison = strip(operator);
        var known = Operator.named(comparison);
        if (known == null) {
            throw new MalformedPolicyException("Invalid Condition type : %s.".formatted(operator));
        }
        return new Comparison(
                quantifier(operator),
                known,
                operator.endsWith(IF_EXISTS),
                effect.seesThroughAliases(known.negated()),
                key,
                values.stream()
                        .map(value -> known.type().operand(value, variables))
                        .toList());
    }

    private static Boolean bool(String value) {
        if (!Operands.isBool(value)) {
            throw Operands.invalid(value);
        }
        return Boolean.valueOf(value);
    }

    private static Quantifier quantifier(String operator) {
        if (operator.startsWith(ANY)) {
            return Quantifier.ANY;
        }
        return operator.startsWith(ALL) ? Quantifier.ALL : Quantifier.NONE;
    }

    private static String strip(String operator) {
        var start = switch (quantifier(operator)) {
            case NONE -> 0;
            case ANY -> ANY.length();
            case ALL -> ALL.length();
        };
        var end = operator.endsWith(IF_EXISTS) ? operator.length() - IF_EXISTS.length() : operator.length();
        return start <= end ? operator.substring(start, end) : operator;
    }
}
