package entrepot.auth.policy;

import entrepot.domain.AccountId;

/// An account, user, role or session that a policy names.
///
/// @param arn that of the account's root if the account is named
public record AwsPrincipal(AccountId account, String arn) {

    /// Whether the account is meant, and not one in it.
    public boolean isAccount() {
        return arn.endsWith("::" + account + ":root");
    }
}
