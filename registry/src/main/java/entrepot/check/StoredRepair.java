package entrepot.check;

import entrepot.domain.BlobKey;
import entrepot.store.BlobStore;
import entrepot.store.MetadataStore;
import entrepot.store.Repairs.Walk;
import entrepot.store.Transaction;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes it into the stores, as who may.
///
/// @param orphanAge see [Repair#orphanAge]
public record StoredRepair(MetadataStore metadata, BlobStore blobs, Duration orphanAge) implements Repair {

    private static final Logger LOG = LoggerFactory.getLogger(StoredRepair.class);

    private static final String NAMED = "a row names it by now";

    @Override
    public Optional<Walk> begun(String name) {
        return metadata.read(tx -> tx.repairs().walk(name)).filter(walk -> walk.ended() == null);
    }

    @Override
    public void found(Walk walk, List<Finding> findings) {
        var news = metadata.transactGuarded(tx -> {
            tx.repairs().walked(walk);
            return findings.stream().filter(finding -> isNews(tx, finding)).toList();
        });
        news.forEach(StoredRepair::tell);
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
