package entrepot.operation;

import entrepot.auth.Principal;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import entrepot.store.Unstored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Pulls that are to be recorded. A pull writes nothing: it is remembered where there is none on record, or one that is
/// a day old, and a job stores it, unless its principal is excluded by then. Source: ECR API, ImageDetail,
/// `lastRecordedPullTime`.
public final class PullTimes {

    /// A pull so long after the one on record is recorded.
    private static final Duration RECORDED_FOR = Duration.ofHours(24);

    private static final int MOST = 100_000;

    private final Unstored<Pull, Instant> pulls = new Unstored<>(MOST);
    private final InstantSource clock;

    public PullTimes(InstantSource clock) {
        this.clock = clock;
    }

    /// Who pulled what.
    ///
    /// @param image its id
    /// @param registry that it is in
    /// @param principal an ARN, or `anonymous`
    public record Pull(long image, RegistryId registry, String principal) {}

    public void record(Principal principal, Repository repository, StoredImage image) {
        var now = clock.instant();
        var last = image.pulledAt();
        if (last == null || !last.plus(RECORDED_FOR).isAfter(now)) {
            pulls.put(new Pull(image.id(), repository.registry(), principal.arn()), now);
        }
    }

    /// Those that are not stored yet, in an order in which two that write many do not wait for each other.
    public List<Map.Entry<Pull, Instant>> pending(int limit) {
        return pulls.pending().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparingLong(Pull::image).thenComparing(Pull::principal)))
                .limit(limit)
                .toList();
    }

    /// Writes some of them.
    public void store(MetadataStore metadata, List<Map.Entry<Pull, Instant>> some) {
        metadata.transactGuarded(tx -> {
            some.forEach(pull -> store(tx, pull.getKey(), pull.getValue()));
            return some;
        });
        some.forEach(pull -> pulls.stored(Map.ofEntries(pull)));
    }

    private static void store(Transaction tx, Pull pull, Instant at) {
        if (!tx.pullExclusions().has(pull.registry(), pull.principal())) {
            tx.images().pulled(pull.image(), at);
        }
    }
}
