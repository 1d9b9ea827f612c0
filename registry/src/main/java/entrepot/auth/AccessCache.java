package entrepot.auth;

import entrepot.domain.Haste;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// What the store says of keys, principals and policies, remembered until something changes who may do what, or for
/// a second, within which the changes of other nodes are felt. So a change is felt by the next request, and neither a
/// busy client nor a flood of one wrong key costs a query each.
public final class AccessCache<K, V> {

    private static final Duration TRUSTED_FOR = Duration.ofSeconds(1);

    private final MetadataStore store;
    private final InstantSource clock;
    private final LeastRecentlyUsed<K, Entry<V>> entries;

    /// What is asked for now. Whoever sees another number of changes asks for himself.
    private final Map<Asked<K>, CompletableFuture<Entry<V>>> underWay = new ConcurrentHashMap<>();

    private record Entry<V>(V value, Instant at, long changes) {}

    private record Asked<K>(K key, long changes) {}

    /// @param capacity how many answers are remembered at most
    public AccessCache(MetadataStore store, InstantSource clock, int capacity) {
        this.store = store;
        this.clock = clock;
        this.entries = new LeastRecentlyUsed<>(capacity);
    }

    /// What is remembered of `key`, else what `ask` finds now. Of many who want it at once one asks, and all have his
    /// answer, or his failure.
    public V get(K key, Function<Transaction, V> ask) {
        return fresh(key)
                .orElseGet(() -> together(new Asked<>(key, store.accessChanges()), ask))
                .value();
    }

    private Optional<Entry<V>> fresh(K key) {
        return entries.get(key).filter(this::isFresh);
    }

    /// Another's answer may come so late that it is not fresh any more. Who is in haste neither waits for it nor has
    /// others wait for what he would give up.
    private Entry<V> together(Asked<K> asked, Function<Transaction, V> ask) {
        Haste.refuse();
        var mine = new CompletableFuture<Entry<V>>();
        var others = underWay.putIfAbsent(asked, mine);
        return others == null
                ? forAll(asked, ask, mine)
                : Optional.of(answer(others)).filter(this::isFresh).orElseGet(() -> ask(asked, ask));
    }

    private static <T> T answer(CompletableFuture<T> others) {
        try {
            return others.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /// Somebody may have had an answer in the moment before.
    private Entry<V> forAll(Asked<K> asked, Function<Transaction, V> ask, CompletableFuture<Entry<V>> mine) {
        try {
            var entry = fresh(asked.key()).orElseGet(() -> ask(asked, ask));
            mine.complete(entry);
            return entry;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(asked, mine);
        }
    }

    /// A clock that was set back makes an answer old, not eternal.
    private boolean isFresh(Entry<V> entry) {
        var now = clock.instant();
        return entry.changes() == store.accessChanges()
                && !now.isBefore(entry.at())
                && now.isBefore(entry.at().plus(TRUSTED_FOR));
    }

    /// The number is taken before the answer, so that no change can fall between them unseen.
    private Entry<V> ask(Asked<K> asked, Function<Transaction, V> ask) {
        var now = clock.instant();
        var entry = new Entry<>(store.read(ask), now, asked.changes());
        entries.put(asked.key(), entry);
        return entry;
    }
}
