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

    static Turns of(MetadataStore metadata) {
        return new Turns(metadata, UUID.randomUUID().toString());
    }

    /// Empty while it is another node's.
    Optional<Lease> take(Job job) {
        return metadata.transactGuarded(tx -> tx.leases().take(job.name(), node, PATIENCE));
    }

    /// The job is done until its next run.
    void leave(Job job, Lease lease) {
        metadata.transactGuarded(tx -> tx.leases().renew(lease, job.every()));
    }
}
