package entrepot.operation.history;

import entrepot.domain.ImageChange;
import entrepot.domain.ImageChange.Kind;
import entrepot.domain.Repository;
import entrepot.operation.ImageChanges;
import entrepot.store.Transaction;
import java.time.Instant;

/// Writes down every change, and keeps what is deleted.
public record KeptHistory() implements ImageChanges {

    @Override
    public void tell(Transaction tx, ImageChange change) {
        tx.history().tell(change);
    }

    @Override
    public boolean tellDeletion(Transaction tx, Repository repository, String principal, Instant at) {
        tx.history().tell(repository, Kind.DELETE, principal, at);
        return true;
    }
}
