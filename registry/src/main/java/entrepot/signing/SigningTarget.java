package entrepot.signing;

import entrepot.auth.Caller;
import entrepot.auth.Principal;
import entrepot.domain.AccountId;
import entrepot.domain.Descriptor;
import entrepot.domain.Pusher;
import entrepot.domain.RegistryAddress;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.store.Signings.Signing;
import entrepot.store.Transaction;
import java.util.Optional;

/// What is to be signed, and for whom.
///
/// @param pusher empty if there is no such user any more
record SigningTarget(Signing signing, Repository repository, StoredImage image, Optional<Principal> pusher) {

    /// No key proved it now.
    private static final String KEY = "signing";

    private static final RegistryAddress ADDRESS = new RegistryAddress("https", "localhost");

    /// Empty if it is not there any more.
    static Optional<SigningTarget> find(Transaction tx, Signing signing) {
        return tx.repositories()
                .find(signing.repository())
                .flatMap(repository -> tx.images()
                        .find(repository, signing.digest())
                        .filter(image -> image.id() == signing.image())
                        .map(image -> new SigningTarget(signing, repository, image, principal(tx, signing.pusher()))));
    }

    private static Optional<Principal> principal(Transaction tx, Pusher pusher) {
        return AccountId.isId(pusher.id())
                ? Optional.of(Principal.ofRoot(new AccountId(pusher.id()), KEY))
                : tx.users()
                        .find(pusher.id())
                        .map(user -> Principal.ofUser(user, tx.users().tags(user), KEY));
    }

    /// Whoever pushed it, from where they pushed it.
    Caller caller() {
        var principal = pusher.orElseThrow(
                () -> new UnsignedException("AccessDeniedException", "The user that pushed is not there any more"));
        return new Caller(
                principal, repository.registry(), ADDRESS, signing.pusher().origin());
    }

    Descriptor descriptor() {
        return new Descriptor(image.mediaType().value(), image.digest(), image.manifestSize(), false);
    }
}
