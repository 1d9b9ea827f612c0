package entrepot.auth.policy;

import entrepot.domain.Arn;
import java.util.List;
import java.util.stream.Stream;

/// One key of a `Condition`: all of them must hold (IAM User Guide, "IAM JSON policy elements: Condition operators").
sealed interface Condition {

    boolean holds(ConditionKeys keys);

    /// The keys that it asks for.
    Stream<String> keys();

    /// How a request's values are compared with the policy's: one with each, of which one must match.
    ///
    /// @param byAnyName whether who is called so in another partition matches, see [Effect#seesThroughAliases]
    record Comparison(
            Quantifier quantifier,
            Operator operator,
            boolean ifExists,
            boolean byAnyName,
            String key,
            List<Operand> operands)
            implements Condition {

        public Comparison {
            operands = List.copyOf(operands);
        }

        @Override
        public Stream<String> keys() {
            return Stream.concat(Stream.of(key), operands.stream().flatMap(Operand::variables));
        }

        @Override
        public boolean holds(ConditionKeys keys) {
            var values = keys.of(key);
            return values.isEmpty() ? holdsWithoutKey() : holds(values, keys);
        }

        private boolean holdsWithoutKey() {
            return ifExists
                    || switch (quantifier) {
                        case NONE -> operator.negated();
                        case ANY -> false;
                        case ALL -> true;
                    };
        }

        /// Without a quantifier, one of several values has to equal, and none of them to differ.
        private boolean holds(List<String> values, ConditionKeys keys) {
            var all = quantifier == Quantifier.ALL || (quantifier == Quantifier.NONE && operator.negated());
            return all
                    ? values.stream().allMatch(value -> accepts(value, keys))
                    : values.stream().anyMatch(value -> accepts(value, keys));
        }

        private boolean accepts(String value, ConditionKeys keys) {
            return operator.negated() != matches(value, keys);
        }

        private boolean matches(String value, ConditionKeys keys) {
            return byAnyName
                    ? new Arn(value).aliases().stream().anyMatch(alias -> matchesExactly(alias.value(), keys))
                    : matchesExactly(value, keys);
        }

        private boolean matchesExactly(String value, ConditionKeys keys) {
            return operands.stream().anyMatch(operand -> operand.matches(value, keys));
        }
    }

    /// `Null`: whether the key is missing.
    ///
    /// @param missing what it may be
    record Missing(String key, List<Boolean> missing) implements Condition {

        public Missing {
            missing = List.copyOf(missing);
        }

        @Override
        public Stream<String> keys() {
            return Stream.of(key);
        }

        @Override
        public boolean holds(ConditionKeys keys) {
            return missing.contains(keys.of(key).isEmpty());
        }
    }

    /// `ForAnyValue:` and `ForAllValues:`.
    enum Quantifier {
        NONE,
        ANY,
        ALL
    }
}
