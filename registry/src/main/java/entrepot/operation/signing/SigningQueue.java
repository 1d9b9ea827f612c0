package entrepot.operation.signing;

import entrepot.domain.ImageChange;
import entrepot.operation.ImageChanges;
import entrepot.store.Transaction;

/// Writes down which images may be to be signed, in the transaction of their push, and forgets those that go. By which
/// profiles they are is decided by [SignedPushes], after the push. Signatures themselves are not signed, nor is what
/// the
/// registry brings from elsewhere.
public record SigningQueue() implements ImageChanges {

    /// What a signature of the Notary Project is as an image. Source: Notary Project, "OCI Signatures".
    public static final String SIGNATURE = "application/vnd.cncf.notary.signature";

    @Override
    public void tell(Transaction tx, ImageChange change) {
        switch (change.kind()) {
            case PUSH, TAG -> push(tx, change);
            case DELETE, EXPIRE -> tx.signings().forget(change.image());
            case UNTAG, ARCHIVE, RESTORE -> {}
        }
    }

    private static void push(Transaction tx, ImageChange change) {
        if (change.pusher() != null && !SIGNATURE.equals(change.image().artifactType())) {
            tx.signings().pushed(change);
        }
    }
}
