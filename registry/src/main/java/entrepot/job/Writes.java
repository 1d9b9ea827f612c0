package entrepot.job;

import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;

/// Writes many rows in one transaction. Where that fails each has one of its own, so that a bad one fails alone.
record Writes(MetadataStore metadata, Failures failures) {

    /// Gives the rows that were written.
    <R> List<R> each(Collection<R> rows, BiConsumer<Transaction, R> write) {
        var all = List.copyOf(rows);
        try {
            together(all, write);
            return all;
        } catch (OutOfMemoryError | LostLeaseException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            return all.stream()
                    .filter(row -> failures.attempt(row, () -> together(List.of(row), write)))
                    .toList();
        }
    }

    private <R> void together(List<R> rows, BiConsumer<Transaction, R> write) {
        if (!rows.isEmpty()) {
            metadata.transact(tx -> {
                rows.forEach(row -> write.accept(tx, row));
                return rows;
            });
        }
    }
}
