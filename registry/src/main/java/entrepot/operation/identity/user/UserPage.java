package entrepot.operation.identity.user;

import entrepot.auth.Caller;
import entrepot.domain.UserName;
import entrepot.operation.identity.Refusals;
import entrepot.operation.identity.Stored;
import entrepot.store.MetadataStore;
import org.jspecify.annotations.Nullable;

/// Asks for what a user has of a kind that there is none of here.
///
/// @param userName null for the caller
/// @param marker refused, since no page is followed by another
public record UserPage(
        @Nullable UserName userName, @Nullable String marker) {

    /// Fails with a refusal unless this asks for the first page of a user that there is.
    void requireFirst(MetadataStore metadata, Caller caller) {
        if (marker != null) {
            throw Refusals.invalid("Invalid Marker.");
        }
        metadata.read(tx -> Stored.userOrCaller(tx, caller, userName));
    }
}
