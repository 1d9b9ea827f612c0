package entrepot.auth.policy;

import entrepot.domain.AccountId;
import entrepot.domain.GrantConstraints;
import entrepot.domain.KeyGrant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Grants of one key, as far as they may be about a request. A grant to an account is its root's, and leaves it to the
/// account's policies who else may.
///
/// Source: KMS developer guide, "Grants in AWS KMS".
public record GrantSet(List<KeyGrant> grants) {

    public static final GrantSet NONE = new GrantSet(List.of());

    /// Under which a request says which grant it is to end. No policy of AWS's asks for it.
    public static final String GRANT = "kms:GrantId";

    private static final String SERVICE = "kms:";
    private static final String RETIRE = "RetireGrant";
    private static final String CREATE = "CreateGrant";
    private static final String CONTEXT = "kms:EncryptionContext:";

    public GrantSet {
        grants = List.copyOf(grants);
    }

    /// The strongest way in which they allow it.
    Match match(PolicyRequest request) {
        var action = request.action().substring(SERVICE.length());
        return grants.stream().map(grant -> match(grant, action, request)).reduce(Match.NONE, Match::or);
    }

    private static Match match(KeyGrant grant, String action, PolicyRequest request) {
        if (action.equals(RETIRE)) {
            return retires(grant, request);
        }
        var applies = grant.terms().operations().contains(action)
                && (action.equals("DescribeKey") || fits(grant.terms().constraints(), action, request.keys()))
                && (!action.equals(CREATE) || isNoMore(grant, request.keys()));
        return applies ? named(grant.terms().grantee(), request.actor()) : Match.NONE;
    }

    private static Match retires(KeyGrant grant, PolicyRequest request) {
        if (!request.keys().single(GRANT).equals(Optional.of(grant.id()))) {
            return Match.NONE;
        }
        var terms = grant.terms();
        var retiring = named(terms.retiring(), request.actor());
        return terms.operations().contains(RETIRE) ? retiring.or(named(terms.grantee(), request.actor())) : retiring;
    }

    /// Whoever has a grant may give no more than it by another one.
    private static boolean isNoMore(KeyGrant grant, ConditionKeys keys) {
        return grant.terms().operations().containsAll(keys.of("kms:GrantOperations"));
    }

    /// What a new grant is constrained to is as strict as what it comes from: its context is this request's.
    private static boolean fits(GrantConstraints constraints, String action, ConditionKeys keys) {
        var exact = constraints.exact();
        var part = constraints.part();
        return (part == null || hasAll(part, keys))
                && (exact == null
                        || (hasAll(exact, keys)
                                && hasNoOther(exact, keys)
                                && (!action.equals(CREATE) || isExact(keys))));
    }

    private static boolean isExact(ConditionKeys keys) {
        return keys.of("kms:GrantConstraintType").contains("EncryptionContextEquals");
    }

    private static boolean hasAll(Map<String, String> pairs, ConditionKeys keys) {
        return pairs.entrySet().stream()
                .allMatch(pair -> keys.single(CONTEXT + pair.getKey()).equals(Optional.of(pair.getValue())));
    }

    /// The case of names does not count, as in all conditions.
    private static boolean hasNoOther(Map<String, String> pairs, ConditionKeys keys) {
        var names = new HashSet<String>();
        pairs.keySet().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        return keys.of("kms:EncryptionContextKeys").stream()
                .allMatch(name -> names.contains(name.toLowerCase(Locale.ROOT)));
    }

    private static Match named(@Nullable String principal, Actor actor) {
        if (principal == null) {
            return Match.NONE;
        }
        var account = actor.account().map(AccountId::value).filter(principal::equals);
        return switch (actor) {
            case Actor.Root _ -> account.isPresent() ? Match.DIRECT : Match.NONE;
            case Actor.User user when principal.equals(user.userId()) -> Match.DIRECT;
            case Actor.RoleSession session
            when principal.equals(session.role()) || principal.equals(session.session()) -> Match.DIRECT;
            case Actor.User _, Actor.RoleSession _ -> account.isPresent() ? Match.ACCOUNT : Match.NONE;
            case Actor.Service service -> principal.equals(service.name()) ? Match.DIRECT : Match.NONE;
            case Actor.Anonymous _ -> Match.NONE;
        };
    }
}
