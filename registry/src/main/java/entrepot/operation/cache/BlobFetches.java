package entrepot.operation.cache;

import entrepot.auth.Caller;
import entrepot.domain.Digest;
import entrepot.domain.LayerError;
import entrepot.domain.RegistryException;
import entrepot.domain.Repository;
import entrepot.domain.StoredLayer;
import entrepot.domain.UpstreamFault;
import entrepot.operation.Means;
import entrepot.operation.layer.LayerOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fetches layers from other registries, each once at a time over all nodes, however many ask for it, and goes on when
/// they have left. It is stored as a push stores it.
final class BlobFetches {

    /// How long another node's fetch is waited for.
    static final Duration LONGEST = Duration.ofMinutes(30);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final Logger LOG = LoggerFactory.getLogger(BlobFetches.class);

    private final Means means;
    private final LayerOperations layers;
    private final Path folder;
    private final Map<Wanted, BlobFetch> running = new ConcurrentHashMap<>();

    /// @param folder for what is on its way, of this process alone
    BlobFetches(Means means, LayerOperations layers, Path folder) {
        this.means = means;
        this.layers = layers;
        this.folder = folder;
    }

    /// A layer of one repository.
    private record Wanted(long repository, Digest digest) {
        @Override
        public String toString() {
            return repository + "/" + digest;
        }
    }

    /// The fetch of a layer, which is under way from now on at the latest. One that has failed, and is at its end, is
    /// none of theirs who ask from now on.
    ///
    /// @param caller whose doing it is
    BlobFetch begin(Source source, Repository repository, Digest digest, Caller caller) {
        var wanted = new Wanted(repository.id(), digest);
        return running.compute(wanted, (_, before) -> {
            if (before != null && !before.hasFailed()) {
                return before;
            }
            var fetch = new BlobFetch();
            Thread.ofVirtual()
                    .name("fetch " + digest)
                    .start(() -> run(wanted, fetch, () -> fetch(fetch, source, repository, digest, caller)));
            return fetch;
        });
    }

    private interface Work {
        void run() throws IOException, InterruptedException, TimeoutException;
    }

    /// Those who ask later look for the layer first.
    private void run(Wanted wanted, BlobFetch fetch, Work work) {
        try {
            work.run();
            running.remove(wanted, fetch);
            fetch.stored();
        } catch (Throwable e) { // told to whoever waits
            running.remove(wanted, fetch);
            fetch.fail(told(e));
        }
    }

    /// What the other registry did, where it is that which failed. Bytes that have not the digest are its doing, too.
    private static Throwable told(Throwable e) {
        return switch (e) {
            case UncheckedIOException io -> Objects.requireNonNull(io.getCause());
            case RegistryException refusal
            when refusal.error() instanceof LayerError.InvalidLayer -> {
                LOG.warn("a layer that another registry sent has not the digest that it was asked for by");
                yield new RegistryException(new LayerError.UnableToGetUpstreamLayer(UpstreamFault.UNAVAILABLE));
            }
            default -> e;
        };
    }

    private void fetch(BlobFetch fetch, Source source, Repository repository, Digest digest, Caller caller)
            throws IOException, InterruptedException, TimeoutException {
        var turn = turn(repository, digest);
        if (turn.isEmpty()) {
            return;
        }
        try (var _ = turn.get()) {
            if (!isHere(repository, digest)) {
                bring(fetch, source, repository, digest, caller);
            }
        }
    }

    /// Empty where another node has brought it meanwhile.
    private Optional<FetchTurn> turn(Repository repository, Digest digest)
            throws InterruptedException, TimeoutException {
        var end = System.nanoTime() + LONGEST.toNanos();
        var what = new Wanted(repository.id(), digest).toString();
        for (var turn = FetchTurn.take(means.metadata(), what); ; turn = FetchTurn.take(means.metadata(), what)) {
            if (turn.isPresent()) {
                return turn;
            }
            Thread.sleep(BETWEEN_LOOKS);
            if (isHere(repository, digest)) {
                return Optional.empty();
            }
            if (System.nanoTime() > end) {
                throw new TimeoutException();
            }
        }
    }

    boolean isHere(Repository repository, Digest digest) {
        Map<Digest, StoredLayer> found = means.metadata().ask(tx -> tx.layers().find(repository, List.of(digest)));
        var layer = found.get(digest);
        return layer != null && layer.isWhole() && !layer.archived();
    }

    /// What comes is read as fast as it comes; whoever stores it reads it behind that, as clients do.
    private void bring(BlobFetch fetch, Source source, Repository repository, Digest digest, Caller caller)
            throws IOException {
        means.kept().reserve().require();
        var most = means.limits().layer().bytes();
        try (var into = FetchFile.make(folder, repository.keys() != null);
                var from = source.registry().blob(source.name(), digest, most)) {
            fetch.begin(into, from.length());
            try (var _ = Reading.begin(from, into, fetch, means.kept().reserve())) {
                layers.bring(caller, repository, digest, fetch.whole(), fetch::verified);
            }
        }
    }
}
