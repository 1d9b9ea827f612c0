package entrepot.operation.cache;

import entrepot.domain.Digest;
import entrepot.domain.Repository;
import entrepot.operation.Means;
import entrepot.operation.image.PutImage;
import entrepot.store.CacheImports.Import;
import entrepot.upstream.UpstreamException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings images from other registries behind those who asked for them. What is to be brought stands in a table, so
/// that
/// another node goes on with it where this one ends.
final class ImageImports {

    private static final Logger LOG = LoggerFactory.getLogger(ImageImports.class);

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

    /// From now on the image is on its way, and comes also where this process ends.
    void begin(Brought image) {
        var now = means.clock().instant();
        var row = new Import(
                image.repository().id(),
                image.reference(),
                image.manifest().digest(),
                image.principal(),
                0,
                now.plus(TURN));
        if (running.containsKey(Key.of(row))) {
            return;
        }
        means.metadata().transact(tx -> {
            tx.cacheImports().put(row);
            tx.cacheImports().checked(image.repository(), image.reference(), now);
            return row;
        });
        start(image, row);
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
        boolean isOurs = means.metadata().transact(tx -> tx.cacheImports().postpone(row, taken.tries(), taken.dueAt()));
        if (isOurs && !running.containsKey(Key.of(row))) {
            try {
                again(taken).ifPresentOrElse(image -> start(image, taken), () -> end(taken));
            } catch (UpstreamException | RuntimeException e) {
                later(taken, e);
            }
        }
    }

    private static Import after(Import row, int tries, Instant due) {
        return new Import(row.repositoryId(), row.reference(), row.digest(), row.principal(), tries, due);
    }

    /// Empty if nothing fills the repository any more.
    private Optional<Brought> again(Import row) throws UpstreamException {
        var repository = means.metadata()
                .<Optional<Repository>>read(tx -> tx.repositories().find(row.repositoryId()))
                .orElse(null);
        if (repository == null) {
            return Optional.empty();
        }
        var rule = new KnownRules(means.metadata())
                .of(repository.registry(), repository.name())
                .orElse(null);
        if (rule == null) {
            return Optional.empty();
        }
        var source = Source.of(upstreams, repository, rule);
        var manifest = source.registry().manifest(source.name(), row.digest());
        return Optional.of(new Brought(source, repository, row.reference(), manifest, row.principal()));
    }

    private void start(Brought image, Import row) {
        var key = Key.of(row);
        if (running.putIfAbsent(key, true) == null) {
            Thread.ofVirtual().name("import " + row.digest()).start(() -> {
                try {
                    run(image, row);
                } finally {
                    running.remove(key);
                }
            });
        }
    }

    private void run(Brought image, Import row) {
        free.acquireUninterruptibly();
        try {
            whole(image).bring();
            end(row);
        } catch (Exception e) { // of whatever is brought, and tried again
            putOff(row, e);
        } finally {
            free.release();
            shared.checks().end(name(image), row.digest());
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
            end(row);
            return;
        }
        var due = means.clock().instant().plus(FIRST_PAUSE.multipliedBy(1L << row.tries()));
        means.metadata().transact(tx -> tx.cacheImports().postpone(row, row.tries() + 1, due));
    }
}
