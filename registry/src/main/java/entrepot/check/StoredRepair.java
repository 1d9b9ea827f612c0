package entrepot.check;

import entrepot.domain.BlobKey;
import entrepot.store.BlobStore;
import entrepot.store.Leases.Lease;
import entrepot.store.MetadataStore;
import entrepot.store.Repairs.Walk;
import entrepot.store.Transaction;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes it into the stores, as who may.
///
/// @param orphanAge see [Repair#orphanAge]
public record StoredRepair(MetadataStore metadata, BlobStore blobs, Duration orphanAge) implements Repair {

    private static final Logger LOG = LoggerFactory.getLogger(StoredRepair.class);

    private static final String LOST =
            "another check goes on in its place, since this one was silent for too long: it marks nothing more";

    private static final String NAMED = "a row names it by now";

    @Override
    public Optional<Lease> take(String name) {
        if (metadata.<Boolean>ask(tx -> tx.leases().isTaken(name))) {
            return Optional.empty(); // who waits asks again and again
        }
        var holder = UUID.randomUUID().toString();
        return metadata.transactGuarded(tx -> tx.leases().take(name, holder, PATIENCE));
    }

    @Override
    public void end(Lease turn) {
        metadata.transactGuarded(tx -> {
            tx.leases().end(turn);
            return true;
        });
    }

    @Override
    public Optional<Walk> begun(String name) {
        return metadata.read(tx -> tx.repairs().walk(name)).filter(walk -> walk.ended() == null);
    }

    @Override
    public void found(Walk walk, List<Finding> findings) {
        metadata.transactGuarded(tx -> written(tx, walk, findings)).forEach(StoredRepair::tell);
    }

    @Override
    public void found(Lease turn, Walk walk, List<Finding> findings) throws IOException {
        metadata.transactGuarded(tx -> tx.leases().renew(turn, PATIENCE)
                        ? Optional.of(written(tx, walk, findings))
                        : Optional.<List<Finding>>empty())
                .orElseThrow(() -> new IOException(LOST))
                .forEach(StoredRepair::tell);
    }

    /// Gives what is news.
    private static List<Finding> written(Transaction tx, Walk walk, List<Finding> findings) {
        tx.repairs().walked(walk);
        return findings.stream().filter(finding -> isNews(tx, finding)).toList();
    }

    private static boolean isNews(Transaction tx, Finding finding) {
        return finding.damage() == null
                ? tx.repairs().unmark(finding.key())
                : tx.repairs().mark(finding.key(), finding.damage());
    }

    private static void tell(Finding finding) {
        if (finding.damage() == null) {
            LOG.info("the bytes of {} are whole again", finding.key());
        } else {
            LOG.error("{} counts as not there until it is pushed again: {}", finding.key(), finding.damage());
        }
    }

    /// Right before it deletes it looks once more. Keys are made once, and the row that a key is for comes before its
    /// bytes: what no row names now none ever will.
    @Override
    public Map<BlobKey, String> remove(List<BlobKey> keys) {
        var why = new HashMap<BlobKey, String>();
        var named = metadata.read(tx -> tx.repairs().named(keys));
        named.forEach(key -> why.put(key, NAMED));
        var orphans = keys.stream().filter(key -> !named.contains(key)).toList();
        blobs.deleteAll(orphans).forEach((key, failure) -> why.put(key, String.valueOf(failure.getMessage())));
        LOG.info("removed {} of {} blobs that no row names", keys.size() - why.size(), keys.size());
        return why;
    }
}
