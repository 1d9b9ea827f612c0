package entrepot.auth;

import entrepot.store.AccessKeys.Use;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The latest use of each key that is not stored yet: a request costs no write, and many uses of a key become one. What
/// was not stored is lost with the process.
public final class KeyUsage {

    private static final int MOST = 10_000;

    private final Map<String, Use> uses = new ConcurrentHashMap<>();

    /// Remembers a use. Of more keys than can be kept the newest ones are left out.
    public void record(String keyId, Use use) {
        if (uses.size() < MOST || uses.containsKey(keyId)) {
            uses.put(keyId, use);
        }
    }

    /// The latest use, if it is not stored yet.
    public Optional<Use> latest(String keyId) {
        return Optional.ofNullable(uses.get(keyId));
    }

    /// The uses, each of them remembered until it is told to have been stored.
    public Map<String, Use> pending() {
        return Map.copyOf(uses);
    }

    /// Forgets uses that are stored now, but no later ones.
    public void stored(Map<String, Use> written) {
        written.forEach(uses::remove);
    }
}
