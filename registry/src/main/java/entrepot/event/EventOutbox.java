package entrepot.event;

import entrepot.domain.CacheOutcome;
import entrepot.domain.EventFilter;
import entrepot.domain.EventType;
import entrepot.domain.ImageChange;
import entrepot.domain.ReplicationFailure;
import entrepot.domain.RepositoryName;
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
        if (isWanted(change.repository().name(), EventDocument.type(change))) {
            EventDocument.all(change).forEach(tx.events()::add);
        }
        var from = change.from();
        if (from != null
                && change.kind().brings()
                && isWanted(change.repository().name(), EventType.REPLICATION_ACTION)) {
            ReplicationDocument.all(change, from).forEach(tx.events()::add);
        }
    }

    @Override
    public void tellScan(Transaction tx, ScanOutcome outcome) {
        if (isWanted(outcome.repository().name(), EventType.IMAGE_SCAN)) {
            tx.events().add(ScanDocument.event(outcome));
        }
    }

    @Override
    public void tellCached(Transaction tx, CacheOutcome outcome) {
        if (isWanted(outcome.repository().name(), EventType.PULL_THROUGH_CACHE_ACTION)) {
            tx.events().add(CacheDocument.event(outcome));
        }
    }

    @Override
    public void tellUnreplicated(Transaction tx, ReplicationFailure failure) {
        if (isWanted(failure.destination().repository(), EventType.REPLICATION_ACTION)) {
            ReplicationDocument.all(failure).forEach(tx.events()::add);
        }
    }

    private boolean isWanted(RepositoryName repository, EventType type) {
        return filters.stream().anyMatch(filter -> filter.wants(repository, type));
    }
}
