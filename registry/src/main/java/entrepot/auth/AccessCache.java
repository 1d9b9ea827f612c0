package entrepot.auth;

import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;

/// What the store says of keys, principals and policies, remembered until something changes who may do what, or for
/// a second, within which the changes of other nodes are felt. So a change is felt by the next request, and neither a
/// busy client nor a flood of one wrong key costs a query each.
public final class AccessCache<K, V> {

    private static final Duration TRUSTED_FOR = Duration.ofSeconds(1);

    private final MetadataStore store;
    private final InstantSource clock;
    private final LeastRecentlyUsed<K, Entry<V>> entries;

    private record Entry<V>(V value, Instant at, long changes) {}

    /// @param capacity how many answers are remembered at most
    public AccessCache(MetadataStore store, InstantSource clock, int capacity) {
        this.store = store;
        this.clock = clock;
        this.entries = new LeastRecentlyUsed<>(capacity);
    }

    /// What is remembered of `key`, else what `ask` finds now.
    public V get(K key, Function<Transaction, V> ask) {
        var now = clock.instant();
        return entries.get(key)
                .filter(entry -> isFresh(entry, now))
                .orElseGet(() -> ask(key, ask, now))
                .value();
    }

    /// A clock that was set back makes an answer old, not eternal.
    private boolean isFresh(Entry<V> entry, Instant now) {
        return entry.changes() == store.accessChanges()
                && !now.isBefore(entry.at())
                && now.isBefore(entry.at().plus(TRUSTED_FOR));
    }

    /// The number is taken before the answer, so that no change can fall between them unseen.
    private Entry<V> ask(K key, Function<Transaction, V> ask, Instant now) {
        var changes = store.accessChanges();
        var entry = new Entry<>(store.read(ask), now, changes);
        entries.put(key, entry);
        return entry;
    }
}
