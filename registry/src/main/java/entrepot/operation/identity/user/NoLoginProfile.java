package entrepot.operation.identity.user;

import entrepot.auth.Caller;
import entrepot.domain.RegistryException;
import entrepot.domain.UserName;
import entrepot.operation.identity.Refusals;
import entrepot.operation.identity.Stored;
import entrepot.store.MetadataStore;
import org.jspecify.annotations.Nullable;

/// Asks for a user's password for AWS's console, which nobody has.
///
/// @param userName null for the caller
public record NoLoginProfile(@Nullable UserName userName) {

    /// That there is none, or no such user.
    RegistryException refusal(MetadataStore metadata, Caller caller) {
        var user = metadata.read(tx -> Stored.userOrCaller(tx, caller, userName));
        return Refusals.noSuch(
                "Login Profile for User %s cannot be found.".formatted(user == null ? "root" : user.name()));
    }
}
