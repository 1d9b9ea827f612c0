package entrepot.operation.identity.policy;

import entrepot.auth.Access;
import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.auth.Principal;
import entrepot.auth.policy.MalformedPolicyException;
import entrepot.auth.policy.PolicyKind;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.operation.PolicyText;
import entrepot.operation.identity.MarkedPage;
import entrepot.operation.identity.Refusals;
import entrepot.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the two simulations of IAM have in common: each action is tried on each resource. Source: IAM API,
/// SimulatePrincipalPolicy and SimulateCustomPolicy.
///
/// @param actions such as `ecr:PutImage`, without `*`
/// @param resources `*` alone where none is named
/// @param owner whose they are; null where their ARNs say it
/// @param context what the request says, by the names of condition keys
record Trial(
        List<String> actions,
        List<String> resources,
        @Nullable AccountId owner,
        Map<String, List<String>> context) {

    /// Statements of a page, but for those of its last result.
    private static final int MOST_MATCHED = 2_000;

    /// Comparisons of characters of a page, about, but for those of its last result: no policy takes more than its own
    /// length for each character of what is asked of it.
    private static final long MOST_COMPARED = 100_000_000;

    /// The same of one result: above all that what can be stored takes.
    private static final long MOST_OF_ONE = 500_000_000;

    private static final Pattern ACTION = Pattern.compile("[A-Za-z0-9-]+:[A-Za-z0-9]+");
    private static final Pattern OWNER = Pattern.compile("(?:arn:[a-z-]+:iam::)?([0-9]{12})(?::root)?");
    private static final Pattern OF_ARN = Pattern.compile("arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):.*", Pattern.DOTALL);

    /// A condition key with values, as a request has it.
    public record ContextEntry(
            @Nullable String contextKeyName,
            @Nullable List<String> contextKeyValues,
            @Nullable String contextKeyType) {}

    /// A page of what came of it.
    record Results(
            List<EvaluationResult> evaluationResults,
            boolean isTruncated,
            @Nullable String marker) {}

    static Trial of(
            List<String> actions,
            @Nullable List<String> resources,
            @Nullable String owner,
            @Nullable List<ContextEntry> context) {
        actions.stream()
                .filter(action -> !ACTION.matcher(action).matches())
                .findFirst()
                .ifPresent(action -> {
                    throw Refusals.input(
                            "Action %s is not valid: it names one action of one service.".formatted(action));
                });
        var named = resources == null || resources.isEmpty() ? List.of(Arn.ANY.value()) : resources;
        return new Trial(
                List.copyOf(actions), List.copyOf(named), owner == null ? null : account(owner), keys(context));
    }

    private static AccountId account(String owner) {
        var parts = OWNER.matcher(owner);
        if (!parts.matches()) {
            throw Refusals.input("ResourceOwner %s is not valid.".formatted(owner));
        }
        return new AccountId(parts.group(1));
    }

    private static Map<String, List<String>> keys(@Nullable List<ContextEntry> context) {
        var keys = new HashMap<String, List<String>>();
        for (var entry : context == null ? List.<ContextEntry>of() : context) {
            if (entry.contextKeyName() != null && entry.contextKeyValues() != null) {
                keys.put(entry.contextKeyName(), List.copyOf(entry.contextKeyValues()));
            }
        }
        return keys;
    }

    /// Refuses what registries here do not have, so that nobody takes its absence for a grant.
    static void require(boolean isHere, String what) {
        if (!isHere) {
            throw Refusals.input("There are no %s here.".formatted(what));
        }
    }

    /// Whether a list has nothing.
    static boolean isNothing(@Nullable List<?> list) {
        return list == null || list.isEmpty();
    }

    /// Policies that were sent.
    static List<TriedPolicies.Source> sent(@Nullable List<String> texts) {
        var all = texts == null ? List.<String>of() : texts;
        return IntStream.range(0, all.size())
                .mapToObj(
                        place -> source("PolicyInputList." + (place + 1), "none", all.get(place), PolicyKind.IDENTITY))
                .toList();
    }

    /// The policy of the resources that was sent, in the form that a secret's, a key's or a repository's has. As where
    /// one is stored, a user is whoever has the name now.
    Optional<TriedPolicies.Source> ofResource(Transaction tx, @Nullable String text) {
        return Optional.ofNullable(text)
                .map(policy -> source("ResourcePolicy", "resource", policy, ofResource()))
                .map(source -> source.deciding(PolicyText.known(tx, Objects.requireNonNull(text))));
    }

    private PolicyKind ofResource() {
        if (isAllOf("secretsmanager")) {
            return PolicyKind.SECRET;
        }
        return isAllOf("kms") ? PolicyKind.KEY : PolicyKind.REPOSITORY;
    }

    private boolean isAllOf(String service) {
        return actions.stream()
                .allMatch(action -> action.toLowerCase(Locale.ROOT).startsWith(service + ":"));
    }

    static TriedPolicies.Source source(String id, String type, String text, PolicyKind kind) {
        try {
            return TriedPolicies.Source.of(id, type, text, kind);
        } catch (MalformedPolicyException e) {
            throw Refusals.input("Invalid Input %s: %s".formatted(id, e.getMessage()));
        }
    }

    /// Tries them in the order of actions, and for each of resources. A page ends early where many statements match, or
    /// there is much to compare.
    Results page(Transaction tx, Instant now, Caller caller, Principal as, TriedPolicies policies, MarkedPage paging) {
        var all = (long) actions.size() * resources.size();
        var place = paging.after() == null ? 0 : place(paging.after(), all) + 1;
        var results = new ArrayList<EvaluationResult>();
        var matched = 0;
        var compared = 0L;
        while (place < all && results.size() < paging.size() && matched < MOST_MATCHED && compared < MOST_COMPARED) {
            var permission = permission(as, place);
            var length = policies.length() * length(permission);
            if (length > MOST_OF_ONE) {
                throw Refusals.input("The policies and what is asked of them are too long.");
            }
            var result = policies.evaluate(Access.imagined(tx, now, caller, as, permission));
            results.add(result);
            matched += result.matchedStatements().size();
            compared += length;
            place++;
        }
        return place < all
                ? new Results(List.copyOf(results), true, paging.marker(String.valueOf(place - 1)))
                : new Results(List.copyOf(results), false, null);
    }

    private static long place(String marker, long all) {
        try {
            var place = Long.parseLong(marker);
            if (place >= 0 && place < all) {
                return place;
            }
        } catch (NumberFormatException e) {
            // said below, in the same words
        }
        throw Refusals.invalid("Invalid Marker.");
    }

    /// Of all that policies are asked about.
    private static long length(Permission permission) {
        var said = permission.keys().values().stream().flatMap(List::stream);
        return Stream.concat(
                        Stream.of(permission.action(), permission.resource().value()), said)
                .mapToLong(String::length)
                .sum();
    }

    private Permission permission(Principal as, long place) {
        return permission(
                as, actions.get((int) (place / resources.size())), resources.get((int) (place % resources.size())));
    }

    private Permission permission(Principal as, String action, String resource) {
        var account = OF_ARN.matcher(resource);
        var byArn = account.matches() ? new AccountId(account.group(1)) : as.account();
        var permission = new Permission(owner == null ? byArn : owner, action, new Arn(resource));
        for (var entry : context.entrySet()) {
            permission = permission.with(entry.getKey(), entry.getValue());
        }
        return permission;
    }
}
