package entrepot.auth.policy;

import java.util.stream.Stream;

/// One value of a policy's condition, ready to be compared.
@FunctionalInterface
interface Operand {

    /// Whether a request's value is the policy's.
    ///
    /// @param value the request's
    /// @param keys what the policy's variables stand for
    boolean matches(String value, ConditionKeys keys);

    /// The keys that it has variables of.
    default Stream<String> variables() {
        return Stream.empty();
    }
}
