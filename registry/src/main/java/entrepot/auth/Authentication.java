package entrepot.auth;

import entrepot.domain.AccountId;

/// What looking at a request's credentials came to.
public sealed interface Authentication {

    /// They are good.
    ///
    /// @param region the one that the credential is scoped to, or the token was made for
    record Proven(Principal principal, AccountId account, String region) implements Authentication {}

    /// There were none.
    record Missing() implements Authentication {}

    /// There were some, but not good ones.
    ///
    /// @param type AWS's name, such as `InvalidSignatureException`
    /// @param message AWS's text
    record Rejected(String type, String message) implements Authentication {}
}
