package entrepot.job;

import entrepot.store.Leases.Lease;

/// Another one does it by now: this one was asleep, or cut off, for longer than its lease was good for.
public final class LostLeaseException extends IllegalStateException {
    LostLeaseException(Lease lease) {
        super("the lease of %s (%d) is another node's by now".formatted(lease.name(), lease.number()));
    }
}
