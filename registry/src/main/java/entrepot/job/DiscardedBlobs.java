package entrepot.job;

import static java.util.Objects.requireNonNull;

import entrepot.domain.BlobKey;
import entrepot.store.BlobStore;
import entrepot.store.Garbage.Discarded;
import entrepot.store.MetadataStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes the bytes that metadata no longer wants. The row that says so goes last, so that nothing is forgotten, and
/// only where the store says that the bytes are gone. What cannot be deleted waits behind the rest, longer each time.
///
/// @param how it goes about it
public record DiscardedBlobs(MetadataStore metadata, BlobStore blobs, InstantSource clock, How how) implements Job {

    private static final Logger LOG = LoggerFactory.getLogger(DiscardedBlobs.class);

    private static final int AT_ONCE = 500;
    private static final Duration USUAL = Duration.ofSeconds(10);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 9;

    /// How it goes about it.
    ///
    /// @param every from run to run, at most
    /// @param hastened how much earlier than they were to
    public record How(Duration every, Pace pace, Duration hastened, GarbageCounts counts) {}

    /// As it is without a configuration.
    public DiscardedBlobs(MetadataStore metadata, BlobStore blobs, InstantSource clock) {
        this(metadata, blobs, clock, new How(USUAL, Pace.beside(metadata, 0), Duration.ZERO, new GarbageCounts()));
    }

    @Override
    public Scope scope() {
        return Scope.ONE_NODE;
    }

    @Override
    public Duration every() {
        return how.every().compareTo(USUAL) < 0 ? how.every() : USUAL;
    }

    @Override
    public boolean step(Failures failures) {
        var due = new HashMap<BlobKey, Discarded>();
        var keys = Set.copyOf(failures.untried(AT_ONCE, limit -> due(limit, due)));
        due.keySet().retainAll(keys);
        how.pace().of(() -> delete(List.copyOf(due.values()), failures));
        return keys.size() == AT_ONCE;
    }

    private List<BlobKey> due(int limit, Map<BlobKey, Discarded> due) {
        var found = metadata.read(tx -> tx.garbage().discarded(clock.instant(), how.hastened(), limit));
        found.forEach(bytes -> due.put(bytes.key(), bytes));
        return found.stream().map(Discarded::key).toList();
    }

    /// Says how many are gone.
    private int delete(List<Discarded> all, Failures failures) {
        var kept = blobs.deleteAll(all.stream().map(Discarded::key).toList());
        var freed = forget(
                all.stream().filter(bytes -> !kept.containsKey(bytes.key())).toList(), failures);
        keep(all.stream().filter(bytes -> kept.containsKey(bytes.key())).toList(), kept, failures);
        tell(freed, kept.size());
        return freed.size();
    }

    private void tell(List<Discarded> freed, int failed) {
        var bytes = freed.stream().mapToLong(Discarded::size).sum();
        how.counts().freedBlobs().add(freed.size());
        how.counts().freedBytes().add(bytes);
        how.counts().failed().add(failed);
        if (freed.size() + failed > 0) {
            LOG.info("deleted {} blobs ({} bytes); {} could not be deleted", freed.size(), bytes, failed);
        }
    }

    /// Together; where that fails, one by one.
    private List<Discarded> forget(List<Discarded> gone, Failures failures) {
        try {
            return freed(gone);
        } catch (OutOfMemoryError | LostLeaseException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            var freed = new ArrayList<Discarded>();
            gone.forEach(bytes -> failures.attempt(bytes.key(), () -> freed.addAll(freed(List.of(bytes)))));
            return freed;
        }
    }

    private List<Discarded> freed(List<Discarded> gone) {
        return gone.isEmpty()
                ? gone
                : metadata.transactGuarded(tx -> tx.garbage().freed(gone));
    }

    private void keep(List<Discarded> refused, Map<BlobKey, IOException> why, Failures failures) {
        var now = clock.instant();
        refused.forEach(bytes -> failures.attempt(bytes.key(), () -> {
            throw requireNonNull(why.get(bytes.key()));
        }));
        new Writes(metadata, failures)
                .each(
                        refused,
                        (tx, bytes) -> tx.garbage().failed(bytes, words(why.get(bytes.key())), next(bytes, now)));
    }

    private static String words(@Nullable IOException why) {
        return String.valueOf(requireNonNull(why).getMessage());
    }

    private static Instant next(Discarded bytes, Instant now) {
        var wait = FIRST_WAIT.multipliedBy(1L << Math.min(bytes.tries(), MOST_DOUBLINGS));
        return now.plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
    }
}
