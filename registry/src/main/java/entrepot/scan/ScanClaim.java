package entrepot.scan;

import entrepot.domain.ImageScan;
import entrepot.domain.ScanStatus;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/// That this node makes a scan. What is written of the scan is written in a transaction which sees that it is so
/// still: of two who believe it one alone goes on. Of use to one thread.
final class ScanClaim {

    /// Who makes one and says nothing for so long counts as dead.
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MetadataStore metadata;
    private final InstantSource clock;
    private final ImageScan scan;
    private Instant until;

    private ScanClaim(ScanMeans means, ImageScan scan, Instant until) {
        this.metadata = means.metadata();
        this.clock = means.clock();
        this.scan = scan;
        this.until = until;
    }

    /// Empty if another has it, or nobody is to make it.
    static Optional<ScanClaim> take(ScanMeans means, ImageScan scan) {
        var now = means.clock().instant();
        var until = now.plus(PATIENCE);
        return means.metadata().transact(tx -> tx.scans().claim(scan, now, latest(now), until))
                ? Optional.of(new ScanClaim(means, scan, until))
                : Optional.empty();
    }

    /// No claim ends later. Clocks of nodes may differ, and one that lives is not to be taken for that.
    static Instant latest(Instant now) {
        return now.plus(PATIENCE.multipliedBy(2));
    }

    MetadataStore metadata() {
        return metadata;
    }

    ImageScan scan() {
        return scan;
    }

    /// @throws GivenUpException if it is this node's no more
    void keep() {
        keep(_ -> {});
    }

    /// Does it in a transaction in which the scan is this node's.
    ///
    /// @throws GivenUpException if it is not
    void keep(Consumer<Transaction> work) {
        var next = clock.instant().plus(PATIENCE);
        metadata.transact(tx -> {
            if (!tx.scans().keep(scan, until, next)) {
                throw new GivenUpException();
            }
            work.accept(tx);
            return scan;
        });
        until = next;
    }

    /// Says whether it was this node's.
    boolean end(Transaction tx, ScanStatus status, ImageScan.Result result) {
        return tx.scans().end(scan, until, status, result);
    }

    /// Somebody else may begin with it at once.
    void release() {
        metadata.transact(tx -> tx.scans().keep(scan, until, Instant.EPOCH));
    }
}
