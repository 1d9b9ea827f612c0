package entrepot.operation.scanning;

import entrepot.domain.ImageChange;
import entrepot.operation.ImageChanges;
import entrepot.store.Transaction;

/// Writes down which images may be to be scanned, in the transaction of their push, and forgets those that go. Whether
/// they are is decided by [PushedImages], after the push.
///
/// @param canScan whether there is a scanner
public record ScanQueue(boolean canScan) implements ImageChanges {

    @Override
    public void tell(Transaction tx, ImageChange change) {
        switch (change.kind()) {
            case PUSH, RESTORE -> push(tx, change);
            case DELETE, EXPIRE, ARCHIVE -> tx.scans().forget(change.repository(), change.image());
            case TAG, UNTAG -> {}
        }
    }

    private void push(Transaction tx, ImageChange change) {
        if (canScan && Scannable.is(change.image())) {
            tx.scans().pushed(change.repository(), change.image(), change.at());
        }
    }
}
