package entrepot.operation.key;

import entrepot.auth.Caller;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.KmsError.Kind;
import entrepot.domain.Partition;
import entrepot.domain.User;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.Transaction;
import java.util.regex.Pattern;

/// Whom grants name: in calls by the ARN that they have where they are called, or a service by its name, so that there
/// is one way to write each; in the store by their ids, so that nobody who has a user's name later has its grants.
public final class GrantPrincipals {

    private static final Pattern ROOT = Pattern.compile("arn:[a-z-]+:iam::([0-9]{12}):root");
    private static final Pattern USER = Pattern.compile("arn:[a-z-]+:iam::([0-9]{12}):user/.+");
    private static final Pattern OTHER = Pattern.compile(
            "arn:[a-z-]+:(?:iam::[0-9]{12}:role|" + "sts::[0-9]{12}:(?:assumed-role|federated-user))/.+");
    private static final Pattern SERVICE = Pattern.compile("[a-z0-9-]+(?:\\.[a-z0-9-]+)*\\.amazonaws\\.com(?:\\.cn)?");

    private GrantPrincipals() {}

    /// As it is stored. Fails with a refusal for who cannot be granted anything, as a user that is not there in an
    /// account that is.
    public static String bound(Transaction tx, Caller caller, String given) {
        var stored = stored(tx, given);
        var user = USER.matcher(given);
        var missing = stored.equals(given) && user.matches() && tx.accounts().exists(new AccountId(user.group(1)));
        if (missing || !isOne(caller, given)) {
            throw Kind.INVALID_ARN.refusal("ARN does not refer to a valid principal: " + given);
        }
        return stored;
    }

    private static boolean isOne(Caller caller, String given) {
        return SERVICE.matcher(given).matches()
                || (isArn(given)
                        && new Arn(given).in(caller.partition()).value().equals(given));
    }

    private static boolean isArn(String given) {
        return ROOT.matcher(given).matches()
                || USER.matcher(given).matches()
                || OTHER.matcher(given).matches();
    }

    /// The same of one that may be nobody.
    public static String stored(Transaction tx, String given) {
        var root = ROOT.matcher(given);
        if (root.matches()) {
            return root.group(1);
        }
        return USER.matcher(given).matches()
                ? tx.users().find(new Arn(given)).map(User::id).orElse(given)
                : given;
    }

    /// As calls have it; a user that is gone by its id.
    public static String shown(Transaction tx, String stored, Partition partition) {
        return AccountId.isId(stored)
                ? AccessKey.rootOf(partition, new AccountId(stored)).value()
                : tx.users()
                        .find(stored)
                        .map(user -> user.arn(partition).value())
                        .orElse(stored);
    }
}
