package entrepot.operation.secret;

import entrepot.domain.Arn;
import entrepot.domain.RegistryId;
import entrepot.domain.Secret;
import entrepot.domain.SecretArn;
import entrepot.store.Transaction;
import java.util.Optional;
import java.util.regex.Pattern;

/// How a call names a secret: by its name, which means the caller's account in the region of the call, by its ARN, or
/// by
/// an ARN without the random characters. Source: Secrets Manager API, `SecretId`; user guide, "Finding a secret from a
/// partial ARN".
///
/// @param isArn whether it is an ARN in either form
record SecretName(RegistryId home, String text, boolean isArn) {

    /// Secrets Manager bounds the name to 512 characters by its model.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@!-]+");

    /// What stands for the random characters of a secret that is not there.
    private static final String NO_SUFFIX = "-??????";

    /// Fails with a refusal for what is neither, or is of another region than the call.
    static SecretName parse(RegistryId caller, String text) {
        if (!text.startsWith("arn:")) {
            requireName(text);
        }
        return of(caller, text).orElseThrow(SecretRefusals::notFound);
    }

    /// The same, and empty for what is neither.
    static Optional<SecretName> of(RegistryId caller, String text) {
        if (NAME.matcher(text).matches()) {
            return Optional.of(new SecretName(caller, text, false));
        }
        return SecretArn.parse(text)
                .filter(arn -> arn.home().region().equals(caller.region()))
                .map(arn -> new SecretName(arn.home(), arn.resource(), true));
    }

    static void requireName(String text) {
        if (!NAME.matcher(text).matches()) {
            throw SecretRefusals.invalidName();
        }
    }

    Optional<Secret> find(Transaction tx) {
        var named = tx.secrets().find(home, text);
        return isArn ? tx.secrets().find(new SecretArn(home, text)).or(() -> named) : named;
    }

    /// What a policy is asked about where there is none: nothing that a pattern for the secret's ARN would not meet.
    Arn absent() {
        return new SecretArn(home, isArn ? text : text + NO_SUFFIX).toArn();
    }
}
