package entrepot.auth.policy;

import entrepot.auth.policy.Decision.Reason;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All policies that have a say in a request. An explicit deny in any comes first. Within an account either side may
/// allow; between accounts both must (IAM User Guide, "Policy evaluation logic").
///
/// @param identity those of the actor, attached and inline alike
/// @param resource that of the repository or the secret, if the action is about one that has a policy
/// @param registry that of the registry, if it has one
public record PolicySet(
        List<PolicyDocument> identity,
        @Nullable PolicyDocument resource,
        @Nullable RegistryPolicy registry) {

    /// The way out of a policy that locks everybody out, as for Amazon S3's bucket policies.
    private static final Set<String> REPAIRS = Set.of(
            "ecr:GetRepositoryPolicy",
            "ecr:SetRepositoryPolicy",
            "ecr:DeleteRepositoryPolicy",
            "ecr:GetRegistryPolicy",
            "ecr:PutRegistryPolicy",
            "ecr:DeleteRegistryPolicy",
            "secretsmanager:GetResourcePolicy",
            "secretsmanager:PutResourcePolicy",
            "secretsmanager:DeleteResourcePolicy");

    public PolicySet {
        identity = List.copyOf(identity);
        identity.forEach(document -> document.require(PolicyKind.IDENTITY));
        if (resource != null) {
            resource.require(resource.kind() == PolicyKind.SECRET ? PolicyKind.SECRET : PolicyKind.REPOSITORY);
        }
    }

    public Decision decide(PolicyRequest request) {
        var byOwnersRoot = request.isByOwnersRoot();
        if (deniedByIdentity(request)) {
            return denied(Reason.EXPLICIT_IDENTITY, request);
        }
        if (byOwnersRoot && REPAIRS.contains(request.action())) {
            return new Decision.Allowed();
        }
        if (resourceBased(request).anyMatch(document -> document.denies(request))) {
            return denied(Reason.EXPLICIT_RESOURCE, request);
        }
        if (byOwnersRoot) {
            return new Decision.Allowed();
        }
        return request.isWithinAccount() ? within(request) : across(request);
    }

    private Decision within(PolicyRequest request) {
        return allowedByIdentity(request) || granted(request) == Match.DIRECT
                ? new Decision.Allowed()
                : denied(Reason.IMPLICIT_IDENTITY, request);
    }

    private Decision across(PolicyRequest request) {
        if (granted(request) == Match.NONE) {
            return denied(Reason.IMPLICIT_RESOURCE, request);
        }
        return !request.actor().hasIdentityPolicies() || allowedByIdentity(request)
                ? new Decision.Allowed()
                : denied(Reason.IMPLICIT_IDENTITY, request);
    }

    private boolean deniedByIdentity(PolicyRequest request) {
        for (var document : identity) {
            if (document.denies(request)) {
                return true;
            }
        }
        return false;
    }

    private boolean allowedByIdentity(PolicyRequest request) {
        for (var document : identity) {
            if (document.grants(request) != Match.NONE) {
                return true;
            }
        }
        return false;
    }

    private Match granted(PolicyRequest request) {
        return resourceBased(request).map(document -> document.grants(request)).reduce(Match.NONE, Match::or);
    }

    private Stream<PolicyDocument> resourceBased(PolicyRequest request) {
        var ofRegistry = registry != null && registry.countsFor(request.action()) ? registry.document() : null;
        return Stream.of(Stream.ofNullable(resource), Stream.ofNullable(ofRegistry))
                .flatMap(documents -> documents);
    }

    private static Decision denied(Reason reason, PolicyRequest request) {
        return new Decision.Denied(reason, request.action());
    }
}
