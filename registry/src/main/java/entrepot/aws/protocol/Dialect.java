package entrepot.aws.protocol;

import entrepot.auth.Authentication;
import entrepot.domain.RegistryError;

/// The words of one protocol for what can go wrong in all of them.
public interface Dialect {

    /// What an operation refuses with, or the door.
    ApiError of(RegistryError error);

    /// There are no credentials.
    ApiError missing();

    /// The credentials are not good.
    ApiError rejected(Authentication.Rejected why);

    /// A body of more than so many bytes.
    ApiError tooLarge(long most);

    /// AWS has the operation, and this registry does not.
    ApiError notImplemented(String operation);

    /// What a client learns of a fault that is ours.
    ApiError internal();
}
