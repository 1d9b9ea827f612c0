package entrepot.auth.policy;

import java.util.List;
import java.util.stream.Stream;

/// One statement: for whom, which actions on which resources, and when.
record Statement(
        Effect effect, Principals principals, Selection actions, Selection resources, List<Condition> conditions) {

    Statement {
        conditions = List.copyOf(conditions);
    }

    /// Whether it is about an action at all. Actions have no variables, so that does not depend on a request.
    boolean concerns(String action) {
        return actions.selects(action, ConditionKeys.NONE);
    }

    /// What it asks of a request, in conditions and in variables.
    Stream<String> conditionKeys() {
        return Stream.concat(
                resources.values().stream().flatMap(Template::variables),
                conditions.stream().flatMap(Condition::keys));
    }

    /// How it applies to a request whose action it concerns.
    Match applies(PolicyRequest request) {
        var keys = request.keys();
        var about = resources.selects(request.resource().value(), keys)
                && conditions.stream().allMatch(condition -> condition.holds(keys));
        return about ? principals.match(request.actor()) : Match.NONE;
    }
}
