package entrepot.store;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What is to be stored later, off the way of requests: the latest value of each key, so that many become one. What was
/// not stored is lost with the process.
///
/// @param <K> what values are about
/// @param <V> a value, such as a time
public final class Unstored<K, V> {

    private final Map<K, V> values = new ConcurrentHashMap<>();
    private final int most;

    /// @param most keys that are kept
    public Unstored(int most) {
        this.most = most;
    }

    /// Remembers a value. Of more keys than can be kept the newest ones are left out.
    public void put(K key, V value) {
        if (values.size() < most || values.containsKey(key)) {
            values.put(key, value);
        }
    }

    /// The latest value, if it is not stored yet.
    public Optional<V> latest(K key) {
        return Optional.ofNullable(values.get(key));
    }

    /// The values, each of them remembered until it is told to have been stored.
    public Map<K, V> pending() {
        return Map.copyOf(values);
    }

    /// Forgets values that are stored now, but no later ones.
    public void stored(Map<K, V> written) {
        written.forEach(values::remove);
    }
}
