package entrepot.event;

import entrepot.domain.EventFilter;
import entrepot.domain.EventType;
import entrepot.domain.ImageChange;
import entrepot.domain.Repository;
import entrepot.domain.ScanOutcome;
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
        if (isWanted(change.repository(), EventDocument.type(change))) {
            EventDocument.all(change).forEach(tx.events()::add);
        }
    }

    @Override
    public void tellScan(Transaction tx, ScanOutcome outcome) {
        if (isWanted(outcome.repository(), EventType.IMAGE_SCAN)) {
            tx.events().add(ScanDocument.event(outcome));
        }
    }

    private boolean isWanted(Repository repository, EventType type) {
        return filters.stream().anyMatch(filter -> filter.wants(repository.name(), type));
    }
}
