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
record Turns(MetadataStore metadata, String node) {

    /// So long after its last write a node that does a job counts as dead.
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofMillis(200);

    static Turns of(MetadataStore metadata) {
        return new Turns(metadata, UUID.randomUUID().toString());
    }

    /// Empty while it is another node's.
    Optional<Lease> take(Job job) {
        return take(job.name());
    }

    private Optional<Lease> take(String name) {
        return metadata.transactGuarded(tx -> tx.leases().take(name, node, PATIENCE));
    }

    /// What is asked for by a person, when whoever does it just now has ended, or has been silent for [#PATIENCE].
    ///
    /// @throws InterruptedException if its thread is interrupted while it waits
    Lease await(String name) throws InterruptedException {
        var lease = take(name);
        while (lease.isEmpty()) {
            Thread.sleep(PAUSE);
            lease = take(name);
        }
        return lease.get();
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
