package entrepot.operation;

import entrepot.auth.policy.AwsPrincipal;
import entrepot.auth.policy.MalformedPolicyException;
import entrepot.auth.policy.PolicyDocument;
import entrepot.auth.policy.PolicyKind;
import entrepot.domain.Arn;
import entrepot.domain.Partition;
import entrepot.domain.RegistryError;
import entrepot.domain.RegistryException;
import entrepot.store.Transaction;

/// A resource-based policy that came with a call.
///
/// @param text laid out as ECR answers it
public record PolicyText(PolicyDocument document, String text) {

    /// What ECR calls the parameter in its refusals.
    public static final String PARAMETER = "PolicyText";

    /// Fails in ECR's words with a text that is no policy of this kind.
    public static PolicyText parse(String text, PolicyKind kind) {
        try {
            return new PolicyText(PolicyDocument.parse(text, kind), PolicyDocument.pretty(text));
        } catch (MalformedPolicyException e) {
            throw invalid(
                    kind == PolicyKind.REGISTRY
                            ? "Invalid registry policy provided"
                            : "Invalid repository policy provided");
        }
    }

    /// Fails if it names one who is not there in an account that is, or whose name is of another partition than the
    /// registry's, where nobody is called so. Those of other accounts are taken as written.
    public void requirePrincipals(Transaction tx, Partition partition) {
        if (document.principals().stream().anyMatch(principal -> isMissing(tx, principal, partition))) {
            throw invalid("Principal not found");
        }
    }

    private static boolean isMissing(Transaction tx, AwsPrincipal principal, Partition partition) {
        var arn = new Arn(principal.arn());
        return !principal.isAccount()
                && tx.accounts().exists(principal.account())
                && (!arn.equals(arn.in(partition)) || tx.users().find(arn).isEmpty());
    }

    private static RegistryException invalid(String constraint) {
        return new RegistryException(new RegistryError.InvalidParameter(PARAMETER, constraint));
    }
}
