package entrepot.auth;

import entrepot.auth.policy.Actor;
import entrepot.auth.policy.Decision;
import entrepot.auth.policy.Policies;
import entrepot.auth.policy.PolicyDocument;
import entrepot.auth.policy.RegistryPolicy;
import entrepot.auth.policy.RequestContext;
import entrepot.domain.RegistryError;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides whether a caller may do something, by the policies that are in force.
public final class Access {

    private final KnownPolicies policies;
    private final InstantSource clock;

    public Access(KnownPolicies policies, InstantSource clock) {
        this.policies = policies;
        this.clock = clock;
    }

    /// Fails with [RegistryError.AccessDenied], in AWS's words, if the caller may not.
    public void require(Caller caller, Permission permission) {
        if (decide(caller, permission) instanceof Decision.Denied denied) {
            throw new RegistryException(new RegistryError.AccessDenied(
                    caller.principal().arn(), permission.action(), permission.resource(), denied.because()));
        }
    }

    /// For where a lack of rights is not the caller's mistake.
    public boolean allows(Caller caller, Permission permission) {
        return decide(caller, permission) instanceof Decision.Allowed;
    }

    /// Whether the caller might, if the repository had this policy instead of the one that it has.
    public boolean wouldAllow(Caller caller, Permission permission, PolicyDocument ofRepository) {
        var tags = facts(permission).tags();
        return decide(caller, permission, new ResourceFacts(ofRepository, tags)) instanceof Decision.Allowed;
    }

    private Decision decide(Caller caller, Permission permission) {
        return decide(caller, permission, facts(permission));
    }

    private Decision decide(Caller caller, Permission permission, ResourceFacts facts) {
        var principal = caller.principal();
        var keys = RequestKeys.of(caller, permission, facts.tags(), clock.instant());
        var all = new Policies(ofPrincipal(principal), facts.policy(), ofRegistry(caller, permission));
        return all.decide(new RequestContext(
                actor(principal), permission.action(), permission.resource(), permission.account(), keys));
    }

    private ResourceFacts facts(Permission permission) {
        return policies.of(permission.resource());
    }

    private List<PolicyDocument> ofPrincipal(Principal principal) {
        var user = principal.user();
        return user == null ? List.of() : policies.of(user);
    }

    private @Nullable RegistryPolicy ofRegistry(Caller caller, Permission permission) {
        if (!permission.action().startsWith("ecr:")) {
            return null;
        }
        var registry = new RegistryId(permission.account(), caller.registry().region());
        return policies.of(registry).orElse(null);
    }

    private static Actor actor(Principal principal) {
        return switch (principal.kind()) {
            case ACCOUNT -> new Actor.Root(principal.account());
            case USER -> new Actor.User(principal.account(), principal.arn());
            case ANONYMOUS -> new Actor.Anonymous();
        };
    }
}
