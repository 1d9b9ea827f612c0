package entrepot.event;

import entrepot.domain.EventFilter;
import entrepot.domain.ImageChange;
import entrepot.operation.ImageChanges;
import entrepot.store.Transaction;
import java.util.List;

/// Writes down what targets are to be told, in the transaction that makes the change. What none of them wants is not
/// written.
///
/// @param filters of all targets
public record EventOutbox(List<EventFilter> filters) implements ImageChanges {

    @Override
    public void tell(Transaction tx, ImageChange change) {
        var type = EventDocument.type(change);
        if (filters.stream().anyMatch(filter -> filter.wants(change.repository().name(), type))) {
            EventDocument.all(change).forEach(tx.events()::add);
        }
    }
}
