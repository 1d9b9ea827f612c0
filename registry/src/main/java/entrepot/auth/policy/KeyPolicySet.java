package entrepot.auth.policy;

import entrepot.auth.policy.Decision.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All policies that have a say in a request about a key. Unlike elsewhere the key's policy comes first: identities'
/// policies, and even the account's root, have as much as it leaves to the account (KMS developer guide, "Key policies
/// in AWS KMS"). A grant allows what it says whatever the policies leave out, but nothing that one of them denies.
///
/// @param identity those of the actor, attached and inline alike
/// @param policy that of the key; null if there is no such key, which is then as good as one that leaves all to its
///     account
public record KeyPolicySet(
        List<PolicyDocument> identity, @Nullable PolicyDocument policy, GrantSet grants) {

    public KeyPolicySet {
        identity = List.copyOf(identity);
        identity.forEach(document -> document.require(PolicyKind.IDENTITY));
        if (policy != null) {
            policy.require(PolicyKind.KEY);
        }
    }

    /// Of a key that nobody has grants of.
    public KeyPolicySet(List<PolicyDocument> identity, @Nullable PolicyDocument policy) {
        this(identity, policy, GrantSet.NONE);
    }

    /// To another account a key that gives it nothing is one that is not there, whatever its own policies say: nothing
    /// tells the two apart.
    public Decision decide(PolicyRequest request) {
        var denied = policy != null && policy.denies(request);
        var byGrant = grants.match(request);
        var granted = granted(request).or(byGrant);
        if (!request.isWithinAccount() && (denied || granted == Match.NONE)) {
            return denied(Reason.IMPLICIT_RESOURCE, request);
        }
        if (identity.stream().anyMatch(document -> document.denies(request))) {
            return denied(Reason.EXPLICIT_IDENTITY, request);
        }
        if (denied) {
            return denied(Reason.EXPLICIT_RESOURCE, request);
        }
        if (granted == Match.NONE) {
            return denied(Reason.IMPLICIT_RESOURCE, request);
        }
        return byGrant == Match.DIRECT || isEnough(granted, request)
                ? new Decision.Allowed()
                : denied(Reason.IMPLICIT_IDENTITY, request);
    }

    private Match granted(PolicyRequest request) {
        if (policy != null) {
            return policy.grants(request);
        }
        return request.isWithinAccount() ? Match.ACCOUNT : Match.NONE;
    }

    /// Whether it needs nothing else, or an identity's policy says it too.
    private boolean isEnough(Match granted, PolicyRequest request) {
        var alone = request.isWithinAccount()
                ? granted == Match.DIRECT || request.isByOwnersRoot()
                : !request.actor().hasIdentityPolicies();
        return alone || identity.stream().anyMatch(document -> document.grants(request) != Match.NONE);
    }

    private static Decision denied(Reason reason, PolicyRequest request) {
        return new Decision.Denied(reason, request.action());
    }
}
