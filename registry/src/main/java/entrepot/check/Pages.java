package entrepot.check;

import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/// Walks all rows of a kind, a page in each transaction, so that none is long.
record Pages(MetadataStore metadata) {

    /// @param first what is before every row
    /// @param page the rows after what a row is known by
    /// @param mark what a row is known by
    <T, M> void each(M first, BiFunction<Transaction, M, List<T>> page, Function<T, M> mark, Consumer<T> look) {
        var found = read(page, first);
        while (!found.isEmpty()) {
            found.forEach(look);
            found = read(page, mark.apply(found.getLast()));
        }
    }

    private <T, M> List<T> read(BiFunction<Transaction, M, List<T>> page, M after) {
        return metadata.read(tx -> page.apply(tx, after));
    }
}
