package entrepot.operation.secret;

import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.SecretArn;

/// What calls of Secrets Manager need. Source: service authorization reference, "Actions, resources, and condition keys
/// for AWS Secrets Manager".
public final class SecretNeeds {

    private static final String ACTION = "secretsmanager:";

    private SecretNeeds() {}

    /// An action on one secret, which need not exist.
    ///
    /// @param action such as `GetSecretValue`
    public static Permission on(String action, SecretArn secret) {
        return on(action, secret.home().account(), secret.toArn());
    }

    static Permission on(String action, AccountId account, Arn secret) {
        return new Permission(account, ACTION + action, secret);
    }

    /// An action that is about no one secret.
    static Permission anywhere(String action, AccountId account) {
        return on(action, account, Arn.ANY);
    }
}
