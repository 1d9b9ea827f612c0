package entrepot.replication;

import entrepot.domain.RegistryId;
import entrepot.domain.ReplicationFailure;
import entrepot.domain.RepositoryArn;
import entrepot.replication.Bringing.Outcome;
import entrepot.store.Events.Line;
import entrepot.store.MetadataStore;
import entrepot.store.Replication.Change;
import entrepot.store.Replication.Result;
import entrepot.store.Replication.Waiting;
import entrepot.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the first changes of a line, in order, until one cannot be brought now. That one is tried again after a
/// while, which is longer each time; those behind it wait. What is refused for good waits no more. What was brought is
/// written down after it, so that it is brought again if that is cut off.
record LineBringing(MetadataStore metadata, InstantSource clock, Replicas replicas, Line line) {

    private static final Logger LOG = LoggerFactory.getLogger(LineBringing.class);

    static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /// So long it is kept for a destination that is away.
    static final Duration PATIENCE = Duration.ofDays(7);

    static final String GIVEN_UP = "DestinationUnavailable";

    /// So often it is tried, where the destination answers and refuses.
    private static final int TRIES = 10;

    private static final int TOGETHER = 50;
    private static final int MOST_DOUBLINGS = 9;

    /// @param failed is told why, by destination
    void run(Map<String, String> failed) {
        var waiting = metadata.read(tx -> tx.replication().waiting(line, TOGETHER));
        if (waiting.isEmpty()) {
            metadata.transactGuarded(tx -> {
                tx.replication().dissolve(line);
                return line;
            });
        }
        var tries = line.tries();
        try {
            for (var next : waiting) {
                if (!bring(next, tries, failed)) {
                    giveUp(waiting);
                    return;
                }
                tries = 0;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Says whether the next one has its turn.
    private boolean bring(Waiting waiting, int tries, Map<String, String> failed) throws InterruptedException {
        var change = waiting.change();
        switch (replicas.bring(line.target(), change)) {
            case Outcome.Done _ -> end(change, null, List.of());
            case Outcome.Failed(var code, var parts) -> end(change, code, parts);
            case Outcome.Later later
            when later.code() != null && tries + 1 >= TRIES -> end(change, later.code(), List.of());
            case Outcome.Later later -> {
                later(later.why(), tries);
                failed.put(line.target(), later.why());
                return false;
            }
        }
        return true;
    }

    private void later(String why, int tries) {
        replicas.counts().failed().increment();
        write(tx -> tx.replication().failed(line, why, clock.instant().plus(wait(tries))));
    }

    private static Duration wait(int tries) {
        var wait = FIRST_WAIT.multipliedBy(1L << Math.min(tries, MOST_DOUBLINGS));
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    private void end(Change change, @Nullable String failure, List<String> parts) {
        var now = clock.instant();
        write(tx -> end(tx, change, failure, parts, now));
        if (failure == null) {
            replicas.counts().brought().increment();
        } else {
            replicas.counts().refused().increment();
            LOG.warn("{} of {} does not come to {}: {}", change.digest(), line.repository(), line.target(), failure);
        }
    }

    private void end(Transaction tx, Change change, @Nullable String failure, List<String> parts, Instant now) {
        if (change.kind().brings()) {
            if (failure != null) {
                tell(tx, change, now);
            }
            tx.repositories()
                    .find(change.repository().registry(), change.repository().repository())
                    .flatMap(repository -> tx.images().find(repository, change.digest()))
                    .filter(image -> failure != null || image.archival().isActive()) // else it was not brought
                    .ifPresent(image -> tx.replication().put(image, new Result(line.target(), failure), now));
        }
        if (change.backfill() != null) {
            tx.backfills().result(change, failure, parts);
        }
        tx.replication().done(line, change, now);
    }

    private void tell(Transaction tx, Change change, Instant now) {
        var source = change.repository();
        var destination = new RepositoryArn(RegistryId.parse(line.target()), source.repository());
        replicas.here()
                .changes()
                .tellUnreplicated(
                        tx,
                        new ReplicationFailure(source.registry(), destination, change.digest(), change.tags(), now));
    }

    /// What has waited for too long.
    private void giveUp(List<Waiting> waiting) {
        var before = clock.instant().minus(PATIENCE);
        waiting.stream()
                .filter(each -> each.since().isBefore(before))
                .forEach(each -> end(each.change(), GIVEN_UP, List.of()));
    }

    private void write(Consumer<Transaction> work) {
        metadata.transactGuarded(tx -> {
            work.accept(tx);
            return line;
        });
    }
}
