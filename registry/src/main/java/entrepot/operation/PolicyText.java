package entrepot.operation;

import entrepot.auth.policy.AwsPrincipal;
import entrepot.auth.policy.MalformedPolicyException;
import entrepot.auth.policy.PolicyDocument;
import entrepot.auth.policy.PolicyKind;
import entrepot.domain.Arn;
import entrepot.domain.JsonAloneError;
import entrepot.domain.Partition;
import entrepot.domain.RegistryException;
import entrepot.domain.User;
import entrepot.store.Transaction;
import java.util.Optional;

/// A resource-based policy that came with a call.
///
/// @param text laid out as ECR answers it
public record PolicyText(PolicyDocument document, String text) {

    /// What ECR calls the parameter in its refusals.
    public static final String PARAMETER = "PolicyText";

    /// Fails in ECR's words with a text that is no policy of this kind.
    public static PolicyText parse(String text, PolicyKind kind) {
        try {
            return of(text, kind);
        } catch (MalformedPolicyException e) {
            throw invalid(
                    kind == PolicyKind.REGISTRY
                            ? "Invalid registry policy provided"
                            : "Invalid repository policy provided");
        }
    }

    /// The same in nobody's words.
    ///
    /// @throws MalformedPolicyException if it is no policy of this kind
    public static PolicyText of(String text, PolicyKind kind) {
        return new PolicyText(PolicyDocument.parse(text, kind), PolicyDocument.pretty(text));
    }

    /// As [#bind], and fails in ECR's words where that is empty.
    public String bound(Transaction tx, Partition partition) {
        return bind(tx, partition).orElseThrow(() -> invalid("Principal not found"));
    }

    /// As it is stored: a user is named by its id, so that nobody made later under its name has its grants. Empty if
    /// it names one who is not there in an account that is, or whose name is of another partition than
    /// the registry's, where nobody is called so. Those of other accounts are taken as written.
    ///
    /// Source: IAM user guide, "AWS JSON policy elements: Principal", on users.
    public Optional<String> bind(Transaction tx, Partition partition) {
        if (document.principals().stream().anyMatch(principal -> isMissing(tx, principal, partition))
                || document.userIds().anyMatch(id -> tx.users().find(id).isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(known(tx, text));
    }

    /// A text in which users who are there are named by their ids.
    public static String known(Transaction tx, String text) {
        return PolicyDocument.renamed(
                text, name -> tx.users().find(new Arn(name)).map(User::id).orElse(name));
    }

    /// What is stored, as ECR answers it: a user by the ARN that it has now; one that is gone by its id.
    public static String shown(Transaction tx, String stored, Partition partition) {
        return PolicyDocument.renamed(
                stored,
                name -> tx.users()
                        .find(name)
                        .map(user -> user.arn(partition).value())
                        .orElse(name));
    }

    private static boolean isMissing(Transaction tx, AwsPrincipal principal, Partition partition) {
        var arn = new Arn(principal.arn());
        return !principal.isAccount()
                && tx.accounts().exists(principal.account())
                && (!arn.equals(arn.in(partition)) || tx.users().find(arn).isEmpty());
    }

    private static RegistryException invalid(String constraint) {
        return new RegistryException(new JsonAloneError.InvalidParameter(PARAMETER, constraint));
    }
}
