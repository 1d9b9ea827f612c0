package entrepot.auth.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads statements.
///
/// @param variables whether the document's version has them
record StatementParser(PolicyKind kind, boolean variables) {

    private static final Set<String> MEMBERS = Set.of(
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition");
    private static final Pattern ACTION = Pattern.compile("\\*|(?:\\*|[A-Za-z0-9-]+):[A-Za-z0-9*?]+");
    private static final Pattern RESOURCE = Pattern.compile(
            "\\*|arn:[a-z*?][a-z*?-]*:(?:[^:]+:[^:]*:[^:]*:.+|(?:[^:]+:){0,3}[^:]*\\*)", Pattern.DOTALL);

    private static final Pattern PARTITION = Pattern.compile("[a-z*?][a-z*?-]*");

    Statement parse(Map<?, ?> statement) {
        if (!MEMBERS.containsAll(statement.keySet())) {
            throw MalformedPolicyException.syntax();
        }
        var effect = effect(statement);
        return new Statement(
                effect,
                principals(statement, effect),
                actions(statement),
                resources(statement, effect),
                ConditionParser.parse(statement, effect, variables));
    }

    private static Effect effect(Map<?, ?> statement) {
        return switch (Json.text(statement.get("Effect"))) {
            case "Allow" -> Effect.ALLOW;
            case "Deny" -> Effect.DENY;
            default -> throw MalformedPolicyException.syntax();
        };
    }

    private Principals principals(Map<?, ?> statement, Effect effect) {
        var others = isNegated(statement, "Principal");
        var value = statement.get(others ? "NotPrincipal" : "Principal");
        if (kind == PolicyKind.IDENTITY) {
            if (others || statement.containsKey("Principal")) {
                throw new MalformedPolicyException("Policy document should not specify a principal.");
            }
            return new Principals.Bearer();
        }
        if (others && effect == Effect.ALLOW) {
            throw new MalformedPolicyException("Allow with NotPrincipal is not allowed.");
        }
        var names = PrincipalParser.parse(value);
        return others ? new Principals.Others(names) : new Principals.These(names);
    }

    private static Selection actions(Map<?, ?> statement) {
        var others = isNegated(statement, "Action");
        var values = values(statement, others ? "NotAction" : "Action", "actions");
        values.forEach(StatementParser::checkAction);
        return new Selection(
                values.stream().map(value -> Template.glob(value, false)).toList(), others, true, false);
    }

    private static void checkAction(String action) {
        if (!ACTION.matcher(action).matches()) {
            throw new MalformedPolicyException(
                    action.contains(":")
                            ? "Action %s is not valid.".formatted(action)
                            : "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
        }
    }

    private Selection resources(Map<?, ?> statement, Effect effect) {
        var others = isNegated(statement, "Resource");
        if (kind == PolicyKind.REPOSITORY && !others && !statement.containsKey("Resource")) {
            return Selection.ALL;
        }
        if (kind == PolicyKind.KEY && !others && !statement.containsKey("Resource")) {
            return Selection.NONE;
        }
        var values = values(statement, others ? "NotResource" : "Resource", "resources");
        values.forEach(StatementParser::checkResource);
        return new Selection(
                values.stream().map(value -> Template.glob(value, variables)).toList(),
                others,
                false,
                effect.seesThroughAliases(others));
    }

    private static void checkResource(String resource) {
        if (!RESOURCE.matcher(resource).matches()) {
            throw new MalformedPolicyException(whyNot(resource));
        }
    }

    /// In IAM's words, which has others for what only looks like an ARN.
    private static String whyNot(String resource) {
        var parts = resource.split(":", 3);
        if (!parts[0].equals("arn") || parts.length < 3) {
            return "Resource %s must be in ARN format or \"*\".".formatted(resource);
        }
        return PARTITION.matcher(parts[1]).matches()
                ? "The policy failed legacy parsing"
                : "Partition \"%s\" is not valid for resource \"%s\".".formatted(parts[1], resource);
    }

    private static List<String> values(Map<?, ?> statement, String member, String what) {
        return Json.texts(statement.containsKey(member) ? statement.get(member) : List.of(), what);
    }

    /// Whether the `Not` form is there. Both forms at once are not in the grammar.
    private static boolean isNegated(Map<?, ?> statement, String member) {
        var negated = statement.containsKey("Not" + member);
        if (negated && statement.containsKey(member)) {
            throw MalformedPolicyException.syntax();
        }
        return negated;
    }
}
