package entrepot.replication;

import entrepot.domain.ImageChange;
import entrepot.operation.ImageChanges;
import entrepot.store.Transaction;

/// Writes down what others are to have, in the transaction that changes it. What came from another registry goes no
/// further: nothing goes from one to a second and on to a third, or back.
public record ReplicationOutbox() implements ImageChanges {

    @Override
    public void tell(Transaction tx, ImageChange change) {
        if (change.from() == null && (change.kind().brings() || change.kind().deletes())) {
            tx.replication().add(change);
        }
    }
}
