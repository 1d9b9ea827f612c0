package entrepot.auth;

import entrepot.store.AccessKeys.Use;
import entrepot.store.Unstored;
import java.util.Map;
import java.util.Optional;

/// The latest use of each key that is not stored yet: a request costs no write, and many uses of a key become one.
public final class KeyUsage {

    private static final int MOST = 10_000;

    private final Unstored<String, Use> uses = new Unstored<>(MOST);

    public void record(String keyId, Use use) {
        uses.put(keyId, use);
    }

    /// The latest use, if it is not stored yet.
    public Optional<Use> latest(String keyId) {
        return uses.latest(keyId);
    }

    /// The uses, each of them remembered until it is told to have been stored.
    public Map<String, Use> pending() {
        return uses.pending();
    }

    /// Forgets uses that are stored now, but no later ones.
    public void stored(Map<String, Use> written) {
        uses.stored(written);
    }
}
