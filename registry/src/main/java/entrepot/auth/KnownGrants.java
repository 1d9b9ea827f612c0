package entrepot.auth;

import entrepot.domain.Arn;
import entrepot.domain.EncryptionKey;
import entrepot.domain.KeyArn;
import entrepot.domain.KeyGrant;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The grants of keys that are in force, found by whom they name. A key of which there are many, as of one that many
/// repositories have, costs no more than what one principal was granted of it.
public final class KnownGrants {

    /// How many one principal can have of one key, but for AWS's services, who never ask.
    public static final int MOST = 500;

    private static final int PRINCIPALS = 10_000;

    private record To(Arn key, String grantee) {}

    private final AccessCache<To, List<KeyGrant>> grants;
    private final MetadataStore store;

    KnownGrants(MetadataStore store, InstantSource clock) {
        this.grants = new AccessCache<>(store, clock, PRINCIPALS);
        this.store = store;
    }

    /// Those to the principal, or to its account.
    List<KeyGrant> to(Arn key, Principal principal) {
        return principal.isAnonymous()
                ? List.of()
                : Stream.of(principal.id(), principal.account().value())
                        .distinct()
                        .flatMap(grantee -> to(key, grantee).stream())
                        .toList();
    }

    private List<KeyGrant> to(Arn key, String grantee) {
        return grants.get(
                new To(key, grantee),
                tx -> key(tx, key)
                        .map(found -> tx.keyGrants().to(found.id(), grantee, null, MOST))
                        .orElse(List.of()));
    }

    /// Those with these ids.
    List<KeyGrant> named(Arn key, List<String> ids) {
        return store.read(tx -> key(tx, key).stream()
                .flatMap(found -> ids.stream().flatMap(id -> tx.keyGrants().find(found.id(), id).stream()))
                .toList());
    }

    private static Optional<EncryptionKey> key(Transaction tx, Arn key) {
        return KeyArn.parse(key.value())
                .flatMap(arn -> tx.encryptionKeys()
                        .find(arn.id())
                        .filter(found -> found.home().equals(arn.home())));
    }
}
