package entrepot.operation.cache;

import entrepot.auth.LeastRecentlyUsed;
import entrepot.domain.CacheOutcome;
import entrepot.domain.Digest;
import entrepot.domain.Repository;
import entrepot.domain.Tag;
import entrepot.domain.UpstreamFault;
import entrepot.operation.Means;
import entrepot.operation.image.PutImage;
import entrepot.store.CacheImports.Import;
import entrepot.store.Transaction;
import entrepot.upstream.UpstreamException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings images from other registries behind those who asked for them. What is to be brought stands in a table, so
/// that another node goes on with it where this one ends.
final class ImageImports {

    private static final Logger LOG = LoggerFactory.getLogger(ImageImports.class);

    /// How many that wait for their turn are remembered, not to be written down once more.
    private static final int WAITING = 10_000;

    /// How long nobody else looks after what is being brought here.
    private static final Duration TURN = Duration.ofMinutes(1);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final int TRIES = 8;
    private static final int AT_ONCE = 8;

    private final Means means;
    private final Upstreams upstreams;
    private final PutImage putImage;
    private final Shared shared;
    private final Map<Key, Boolean> running = new ConcurrentHashMap<>();
    private final LeastRecentlyUsed<Key, Instant> waiting = new LeastRecentlyUsed<>(WAITING);
    private final Semaphore free = new Semaphore(AT_ONCE, true);

    private record Key(long repository, String reference, Digest digest) {
        static Key of(Import row) {
            return new Key(row.repositoryId(), row.reference().toString(), row.digest());
        }
    }

    /// What they have in common with those who answer pulls.
    record Shared(BlobFetches layers, ComingManifests coming, TagChecks checks) {}

    ImageImports(Means means, Upstreams upstreams, PutImage putImage, Shared shared) {
        this.means = means;
        this.upstreams = upstreams;
        this.putImage = putImage;
        this.shared = shared;
    }

    Shared shared() {
        return shared;
    }

    /// From now on the image is on its way, and comes also where this process ends. Where many are on their way, it
    /// has its turn later.
    void begin(Brought image) {
        var now = means.clock().instant();
        var row = row(image, now.plus(TURN));
        if (running.containsKey(Key.of(row)) || isWaiting(row, now)) {
            return;
        }
        if (free.tryAcquire()) {
            starting(
                    () -> {
                        write(image, row, now);
                        return Optional.of(image);
                    },
                    row);
        } else {
            write(image, row(image, now), now);
            waiting.put(Key.of(row), row.dueAt());
        }
    }

    private boolean isWaiting(Import row, Instant now) {
        return waiting.get(Key.of(row)).filter(now::isBefore).isPresent();
    }

    private static Import row(Brought image, Instant due) {
        return new Import(
                image.repository().id(), image.reference(), image.manifest().digest(), image.principal(), 0, due);
    }

    /// That a digest was asked for says nothing of what is about it.
    private void write(Brought image, Import row, Instant now) {
        means.metadata().transact(tx -> {
            tx.cacheImports().put(row);
            if (image.reference() instanceof Tag) {
                tx.cacheImports().checked(image.repository(), image.reference(), now);
            }
            return row;
        });
    }

    boolean isHere(Repository repository, Digest digest) {
        return WholeImage.isHere(means, repository, digest);
    }

    /// Brings it now.
    ///
    /// @throws UpstreamException if the other registry does not give all of it
    void bring(Brought image) throws UpstreamException {
        try {
            whole(image).bring();
        } catch (UpstreamException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("an image could not be brought", e);
        }
    }

    private WholeImage whole(Brought image) {
        return new WholeImage(means, putImage, shared.layers(), shared.coming(), image);
    }

    /// Goes on with what a node left, or what failed, unless another one does.
    void resume(Import row) {
        var taken = after(row, row.tries(), means.clock().instant().plus(TURN));
        if (running.containsKey(Key.of(row))) {
            take(row, taken);
        } else if (free.tryAcquire()) {
            try {
                starting(() -> take(row, taken) ? again(taken) : Optional.empty(), taken);
            } catch (UpstreamException | RuntimeException e) {
                later(taken, e);
            }
        }
    }

    private boolean take(Import row, Import taken) {
        return means.metadata().transact(tx -> tx.cacheImports().postpone(row, taken.tries(), taken.dueAt()));
    }

    private static Import after(Import row, int tries, Instant due) {
        return new Import(row.repositoryId(), row.reference(), row.digest(), row.principal(), tries, due);
    }

    /// Empty if nothing fills the repository any more; that ends it.
    private Optional<Brought> again(Import row) throws UpstreamException {
        var repository = means.metadata()
                .<Optional<Repository>>read(tx -> tx.repositories().find(row.repositoryId()))
                .orElse(null);
        if (repository == null) {
            end(row);
            return Optional.empty();
        }
        var rule = new KnownRules(means.metadata())
                .of(repository.registry(), repository.name())
                .orElse(null);
        if (rule == null) {
            end(row);
            return Optional.empty();
        }
        var source = Source.of(upstreams, repository, rule);
        var manifest = source.registry().manifest(source.name(), row.digest());
        return Optional.of(new Brought(source, repository, row.reference(), manifest, row.principal()));
    }

    private interface Work<E extends Exception> {
        Optional<Brought> image() throws E;
    }

    /// Starts what one of the free turns was taken for, and gives the turn back where there is nothing to start.
    private <E extends Exception> void starting(Work<E> work, Import row) throws E {
        var isStarted = false;
        try {
            var image = work.image();
            isStarted = image.isPresent() && start(image.get(), row);
        } finally {
            if (!isStarted) {
                free.release();
            }
        }
    }

    /// Says whether it was not under way.
    private boolean start(Brought image, Import row) {
        var key = Key.of(row);
        if (running.putIfAbsent(key, true) != null) {
            return false;
        }
        Thread.ofVirtual().name("import " + row.digest()).start(() -> {
            try {
                run(image, row);
            } finally {
                running.remove(key);
                free.release();
            }
        });
        return true;
    }

    private void run(Brought image, Import row) {
        try {
            if (isBrought(image, row)) {
                endWell(row);
            }
        } finally {
            shared.checks().end(name(image), row.digest());
            shared.coming().end(ComingManifests.Name.of(image, row.digest()));
        }
    }

    private boolean isBrought(Brought image, Import row) {
        try {
            whole(image).bring();
            return true;
        } catch (Exception e) { // of whatever is brought, and tried again
            putOff(row, e);
            return false;
        }
    }

    /// Where the row stays, whoever finds it finds the image here.
    private void endWell(Import row) {
        try {
            end(row, null);
        } catch (RuntimeException e) {
            LOG.debug("{} stays as it is", row, e);
        }
    }

    private static TagChecks.Name name(Brought image) {
        return new TagChecks.Name(
                image.repository().registry(), image.repository().name(), image.reference());
    }

    private void end(Import row) {
        means.metadata().transact(tx -> {
            tx.cacheImports().end(row);
            return row;
        });
    }

    /// It is here, or given up, of which whoever wants to know is told: once, where several nodes brought it.
    private void end(Import row, @Nullable UpstreamFault failure) {
        var now = means.clock().instant();
        means.metadata().transact(tx -> {
            if (tx.cacheImports().end(row)) {
                outcome(tx, row, failure, now)
                        .ifPresent(outcome -> means.kept().changes().tellCached(tx, outcome));
            }
            return row;
        });
    }

    /// Empty where the repository or the rule has gone meanwhile.
    private static Optional<CacheOutcome> outcome(
            Transaction tx, Import row, @Nullable UpstreamFault failure, Instant now) {
        Optional<Repository> found = tx.repositories().find(row.repositoryId());
        return found.flatMap(repository -> StoredRules.of(tx, repository.registry(), repository.name())
                .map(rule -> new CacheOutcome(
                        repository, rule.prefix(), rule.upstream(), row.reference(), row.digest(), failure, now)));
    }

    /// A store that is away, or closed already, leaves the row as it is: somebody finds it.
    private void putOff(Import row, Exception failure) {
        try {
            later(row, failure);
        } catch (RuntimeException e) {
            LOG.debug("{} stays as it is", row, e);
        }
    }

    /// Who asks for the image again after the last try begins anew.
    private void later(Import row, Exception failure) {
        LOG.warn("{} of repository {} could not be brought: {}", row.digest(), row.repositoryId(), failure.toString());
        LOG.debug("it failed", failure);
        if (row.tries() + 1 >= TRIES) {
            end(row, Faults.of(failure));
            return;
        }
        var due = means.clock().instant().plus(FIRST_PAUSE.multipliedBy(1L << row.tries()));
        means.metadata().transact(tx -> {
            tx.cacheImports().failed(row, row.tries() + 1, due);
            return due;
        });
    }
}
