package entrepot.job;

import entrepot.store.Leases.Lease;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/// Which node does a job that one does for all. Between its runs a job stays with whoever did it last, until the next
/// one is due: then it is whose that asks first.
///
/// @param metadata where all nodes look
/// @param node this one, by a name that no other has, nor it after a restart
/// @param every how often a turn is renewed while its work goes on
record Turns(MetadataStore metadata, String node, Duration every) {

    /// So long after its last sign of life a node that does a job counts as dead.
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration USUAL = Duration.ofSeconds(20);

    Turns(MetadataStore metadata, String node) {
        this(metadata, node, USUAL);
    }

    static Turns of(MetadataStore metadata) {
        return new Turns(metadata, UUID.randomUUID().toString());
    }

    /// Empty while it is another node's.
    Optional<Lease> take(Job job) {
        return take(job.name());
    }

    /// The same for what a person asks for again and again: whether it is free is only read.
    Optional<Lease> takeIfFree(String name) {
        return metadata.<Boolean>ask(tx -> tx.leases().isTaken(name)) ? Optional.empty() : take(name);
    }

    private Optional<Lease> take(String name) {
        return metadata.transactGuarded(tx -> tx.leases().take(name, node, PATIENCE));
    }

    /// Does the work by the lease, which lasts for as long.
    <T> T by(Lease lease, ScopedValue.CallableOp<T, RuntimeException> work) {
        try (var _ = Renewal.start(metadata, lease, every)) {
            return Fenced.by(lease, work);
        }
    }

    /// It is done, and whoever waits may have it.
    void end(Lease lease) {
        metadata.transactGuarded(tx -> {
            tx.leases().end(lease);
            return true;
        });
    }

    /// The job is done until its next run.
    void leave(Job job, Lease lease) {
        metadata.transactGuarded(tx -> tx.leases().renew(lease, job.every()));
    }
}
