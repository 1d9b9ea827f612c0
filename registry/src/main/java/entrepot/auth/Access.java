package entrepot.auth;

import entrepot.auth.policy.Actor;
import entrepot.auth.policy.Decision;
import entrepot.auth.policy.GrantSet;
import entrepot.auth.policy.KeyPolicySet;
import entrepot.auth.policy.PolicyDocument;
import entrepot.auth.policy.PolicyRequest;
import entrepot.auth.policy.PolicySet;
import entrepot.auth.policy.RegistryPolicy;
import entrepot.domain.EveryApiError;
import entrepot.domain.KeyArn;
import entrepot.domain.RegistryError;
import entrepot.domain.RegistryId;
import entrepot.store.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides whether a caller may do something, by the policies that are in force.
public final class Access {

    private final KnownPolicies policies;
    private final InstantSource clock;

    public Access(KnownPolicies policies, InstantSource clock) {
        this.policies = policies;
        this.clock = clock;
    }

    /// Why the caller may not, in AWS's words; empty if they may.
    public Optional<RegistryError> denial(Caller caller, Permission permission) {
        return decide(caller, permission) instanceof Decision.Denied denied
                ? Optional.of(new EveryApiError.AccessDenied(
                        caller.principal().arn(), permission.action(), permission.named(), denied.because()))
                : Optional.empty();
    }

    /// Whether the caller might, if the repository had this policy instead of the one that it has, and everything else
    /// were as it is in this transaction.
    public static boolean wouldAllow(
            Transaction tx, Instant now, Caller caller, Permission permission, PolicyDocument ofRepository) {
        var facts = KnownPolicies.facts(tx, permission.resource());
        var user = caller.principal().user();
        var all = new PolicySet(
                user == null ? List.of() : KnownPolicies.of(tx, user),
                ofRepository,
                KnownPolicies.of(tx, registry(caller, permission)).orElse(null));
        return all.decide(request(caller, permission, facts, now)) instanceof Decision.Allowed;
    }

    /// Whether the caller might do something to a key, if it had this policy and everything else were as it is in this
    /// transaction.
    public static boolean wouldAllowOnKey(
            Transaction tx, Instant now, Caller caller, Permission permission, PolicyDocument ofKey) {
        var facts = KnownPolicies.ofKey(tx, permission.resource());
        var user = caller.principal().user();
        var all = new KeyPolicySet(user == null ? List.of() : KnownPolicies.of(tx, user), ofKey);
        return all.decide(request(caller, permission, facts, now)) instanceof Decision.Allowed;
    }

    /// What policies say of a caller in this transaction. Grants of keys have no say.
    public static Judged judge(Transaction tx, Instant now, Caller caller, Permission permission) {
        var facts = KnownPolicies.of(tx, permission.resource());
        var user = caller.principal().user();
        var identity = user == null ? List.<PolicyDocument>of() : KnownPolicies.of(tx, user);
        var request = request(caller, permission, facts, now);
        if (KeyArn.parse(permission.resource().value()).isPresent()) {
            return new Judged(request, new KeyPolicySet(identity, facts.policy()).decide(request));
        }
        var ofRegistry = permission.service().equals("ecr")
                ? KnownPolicies.of(tx, registry(caller, permission)).orElse(null)
                : null;
        return new Judged(request, new PolicySet(identity, facts.policy(), ofRegistry).decide(request));
    }

    /// A request that nobody makes, as policies see it: what is known of who would make it and of the resource, the
    /// time, and what the permission says besides. It comes from nowhere.
    ///
    /// @param caller who imagines it; of the resource's tags they learn no more than they may list
    public static PolicyRequest imagined(
            Transaction tx, Instant now, Caller caller, Principal principal, Permission permission) {
        var tags = new ListedTags(tx, now, caller).of(permission.resource());
        return new PolicyRequest(
                actor(principal),
                permission.action(),
                permission.resource(),
                permission.account(),
                RequestKeys.imagined(principal, permission, tags, now));
    }

    /// A request as policies see it, and what they say.
    public record Judged(PolicyRequest request, Decision decision) {}

    private Decision decide(Caller caller, Permission permission) {
        var facts = facts(permission);
        if (KeyArn.parse(permission.resource().value()).isPresent()) {
            return onKey(caller, permission, facts);
        }
        var all = new PolicySet(ofPrincipal(caller.principal()), facts.policy(), ofRegistry(caller, permission));
        return all.decide(request(caller, permission, facts, clock.instant()));
    }

    /// Grants are looked for where policies do not allow it.
    private Decision onKey(Caller caller, Permission permission, ResourceFacts facts) {
        var request = request(caller, permission, facts, clock.instant());
        var identity = ofPrincipal(caller.principal());
        var byPolicies = new KeyPolicySet(identity, facts.policy()).decide(request);
        return byPolicies instanceof Decision.Allowed
                ? byPolicies
                : new KeyPolicySet(identity, facts.policy(), grants(caller.principal(), permission)).decide(request);
    }

    private GrantSet grants(Principal principal, Permission permission) {
        var grants = policies.grants();
        return new GrantSet(
                permission.action().equals("kms:RetireGrant")
                        ? grants.named(permission.resource(), permission.keys().getOrDefault(GrantSet.GRANT, List.of()))
                        : grants.to(permission.resource(), principal));
    }

    private static PolicyRequest request(Caller caller, Permission permission, ResourceFacts facts, Instant now) {
        return new PolicyRequest(
                actor(caller.principal()),
                permission.action(),
                permission.resource(),
                permission.account(),
                RequestKeys.of(caller, permission, facts.tags(), now));
    }

    private ResourceFacts facts(Permission permission) {
        return policies.of(permission.resource());
    }

    private List<PolicyDocument> ofPrincipal(Principal principal) {
        var user = principal.user();
        return user == null ? List.of() : policies.of(user);
    }

    private @Nullable RegistryPolicy ofRegistry(Caller caller, Permission permission) {
        return permission.service().equals("ecr")
                ? policies.of(registry(caller, permission)).orElse(null)
                : null;
    }

    private static RegistryId registry(Caller caller, Permission permission) {
        return new RegistryId(permission.account(), caller.registry().region());
    }

    private static Actor actor(Principal principal) {
        return switch (principal.kind()) {
            case ACCOUNT -> new Actor.Root(principal.account());
            case USER -> new Actor.User(principal.account(), principal.arn(), principal.id());
            case ANONYMOUS -> new Actor.Anonymous();
        };
    }
}
