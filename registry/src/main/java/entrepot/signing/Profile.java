package entrepot.signing;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.SigningProfileArn;
import entrepot.notation.Format;
import entrepot.notation.SigningKey;
import java.util.Set;

/// A signing profile that this server can sign by.
///
/// @param accounts those besides its own that may give their users the right to sign by it
public record Profile(SigningProfileArn arn, SigningKey key, Format format, Set<AccountId> accounts) {

    public Profile {
        accounts = Set.copyOf(accounts);
    }

    /// What somebody needs whose pushes are signed by it. Between accounts nobody grants it but who configures the
    /// profile.
    Permission needed(Caller pusher) {
        var own = pusher.principal().account();
        var account = accounts.contains(own) ? own : arn.account();
        return new Permission(account, "signer:SignPayload", new Arn(arn.value()));
    }
}
