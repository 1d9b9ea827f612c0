package entrepot.store;

import java.time.Duration;
import java.util.Optional;

/// Who has something to do that one does for all, for so long that nobody waits for the dead.
public interface Leases {

    /// Empty while another holder has the lease of this name. Its holder may take it again, under another number.
    Optional<Lease> take(String name, String holder, Duration duration);

    /// Whether anybody has the lease of this name just now. May be asked while nothing can be written, so that who
    /// waits for it hinders nobody.
    boolean isTaken(String name);

    /// Who has the lease of this name, or had it last. To be asked in a transaction that may write.
    Optional<String> holder(String name);

    /// Has the lease last so long from now on. Says whether it still was the holder's, and then nobody takes it before
    /// the transaction ends.
    boolean renew(Lease lease, Duration duration);

    /// Forgets a lease that is the holder's still, so that the next one may have it at once.
    void end(Lease lease);

    /// A lease.
    ///
    /// @param number grows with each that was given under this name
    record Lease(String name, long number, String holder) {}
}
