package entrepot.auth.policy;

import java.util.List;

/// One statement: for whom, which actions on which resources, and when.
record Statement(
        Effect effect, Principals principals, Selection actions, Selection resources, List<Condition> conditions) {

    Statement {
        conditions = List.copyOf(conditions);
    }

    Match applies(RequestContext request) {
        var keys = request.keys();
        var about = actions.selects(request.action(), keys)
                && resources.selects(request.resource().value(), keys)
                && conditions.stream().allMatch(condition -> condition.holds(keys));
        return about ? principals.match(request.actor()) : Match.NONE;
    }
}
