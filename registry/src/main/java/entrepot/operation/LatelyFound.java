package entrepot.operation;

import entrepot.auth.LeastRecentlyUsed;
import entrepot.domain.Haste;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.util.Optional;
import java.util.function.BiFunction;

/// What was found in the metadata lately, given again for as long as nothing at all is written: so a deletion, another
/// tag, whatever was answered, is seen by the next request. Where that cannot be told, everything is asked for each
/// time.
///
/// @param <K> what is asked for
/// @param <V> what is found; what is not found is asked for again
public final class LatelyFound<K, V> {

    private final MetadataStore metadata;
    private final BiFunction<Transaction, K, Optional<V>> question;
    private final LeastRecentlyUsed<K, Entry<V>> entries;

    private record Entry<V>(V value, long state) {}

    /// @param most how much is remembered
    /// @param question one, as [MetadataStore#ask] has it
    public LatelyFound(MetadataStore metadata, int most, BiFunction<Transaction, K, Optional<V>> question) {
        this.metadata = metadata;
        this.question = question;
        this.entries = new LeastRecentlyUsed<>(most);
    }

    /// What is there now; after haste, what was there when it was found.
    public Optional<V> find(K key) {
        return Haste.<V>kept(this, key).or(() -> {
            var found = findNow(key);
            found.ifPresent(value -> Haste.keep(this, key, value));
            return found;
        });
    }

    private Optional<V> findNow(K key) {
        var now = metadata.state();
        if (now.isEmpty()) {
            return ask(key);
        }
        var state = now.getAsLong();
        return entries.get(key)
                .filter(entry -> entry.state() == state)
                .map(Entry::value)
                .or(() -> remembered(key, state));
    }

    /// The number was taken before, so that nothing written meanwhile can be missed.
    private Optional<V> remembered(K key, long state) {
        var found = ask(key);
        found.ifPresent(value -> entries.put(key, new Entry<>(value, state)));
        return found;
    }

    private Optional<V> ask(K key) {
        return metadata.ask(tx -> question.apply(tx, key));
    }
}
