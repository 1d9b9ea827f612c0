package entrepot.check;

import static java.util.Objects.requireNonNull;

import entrepot.check.BlobCheck.Verdict;
import entrepot.domain.Repository;
import entrepot.sealing.Vault;
import entrepot.store.Layers.Blob;
import entrepot.store.MetadataStore;
import entrepot.store.Repairs.Walk;
import entrepot.store.StoreAwayException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The same as a check, in small steps, for a server that does so again and again. How far it is stands in the tables,
/// so that another process goes on. Problems are told to the log.
public final class Round {

    /// Under which it keeps how far it has come.
    public static final String NAME = "scrub";

    private static final Logger LOG = LoggerFactory.getLogger(Round.class);

    /// So often at least something is written, so that nobody takes this one for dead.
    private static final Duration LIVES = Duration.ofSeconds(10);

    private final MetadataStore metadata;
    private final Repair repair;
    private final InstantSource clock;
    private final BlobWalk blobs;
    private final ImageWalk images;
    private @Nullable Walk kept;
    private long written = System.nanoTime();

    /// @param rate bytes of blobs in a second, at most; 0 for no bound
    public Round(MetadataStore metadata, Vault vault, Repair repair, long rate, InstantSource clock) {
        this.metadata = metadata;
        this.repair = repair;
        this.clock = clock;
        var check = new BlobCheck(vault, new Reading(rate, _ -> live()));
        this.blobs = new BlobWalk(metadata, check, this::keep, this::hear);
        this.images = new ImageWalk(metadata, vault, Set.of(), new ToLog());
    }

    /// Looks at some more. Says whether there is more to look at.
    ///
    /// @param every from the beginning of one round to that of the next
    public boolean step(Duration every) {
        var walk = metadata.read(tx -> tx.repairs().walk(NAME))
                .filter(last -> last.ended() == null || !isDue(last, every))
                .orElseGet(() -> Walk.begin(NAME, now()));
        if (walk.ended() != null) {
            return false;
        }
        try {
            kept = walk;
            return walk.isAtBlobs() ? atBlobs(walk) : atRepositories(walk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A clock that was put back has none wait for it.
    private boolean isDue(Walk last, Duration every) {
        var now = now();
        return now.isBefore(last.began()) || !now.isBefore(last.began().plus(every));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private boolean atBlobs(Walk walk) throws IOException {
        blobs.step(walk);
        return true;
    }

    private boolean atRepositories(Walk walk) throws IOException {
        var next = metadata.read(tx -> tx.repositories().all(walk.afterRepository(), 1));
        for (Repository repository : next) {
            images.look(repository);
            keep(walk.pastRepository(repository.id()), List.of());
        }
        if (next.isEmpty()) {
            keep(walk.end(now()), List.of());
            LOG.info(
                    "looked at {} blobs ({} bytes), damaged are {}",
                    walk.looked().blobs(),
                    walk.looked().bytes(),
                    metadata.<Long>read(tx -> tx.repairs().marked()));
        }
        return !next.isEmpty();
    }

    private void keep(Walk walk, List<Repair.Finding> findings) throws IOException {
        kept = walk;
        repair.found(walk, findings);
        written = System.nanoTime();
    }

    private void live() {
        if (System.nanoTime() - written > LIVES.toNanos()) {
            try {
                keep(requireNonNull(kept), List.of());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void hear(Blob blob, Verdict verdict) {
        if (verdict instanceof Verdict.Damaged found) {
            LOG.error("blob {}: {}", blob.digest(), found.text());
        }
        if (verdict instanceof Verdict.Unread found) {
            if (found.isAway()) {
                throw new UncheckedIOException(new StoreAwayException(found.text()));
            }
            LOG.warn("blob {}: {}", blob.digest(), found.text());
        }
    }

    private final class ToLog implements ImageWalk.Told {
        @Override
        public void image() {
            live();
        }

        @Override
        public void problem(String what, String text) {
            LOG.error("{}: {}", what, text);
        }

        @Override
        public void note(String what, String text) {
            LOG.debug("{}: {}", what, text);
        }
    }
}
