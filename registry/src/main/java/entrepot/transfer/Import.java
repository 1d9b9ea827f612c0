package entrepot.transfer;

import entrepot.transfer.SourceRepository.Root;
import entrepot.upstream.Failure;
import entrepot.upstream.UpstreamException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// Brings all images of a source. One that fails holds no other back; what is there is not brought again.
public final class Import {

    private static final int TRIES = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    private final Target target;
    private final String prefix;
    private final Selection selection;
    private final int atOnce;
    private final Watcher watcher;
    private final Tally tally = new Tally();
    private final BlobImport blobs;

    /// @param prefix what the names of all repositories begin with, without a closing `/`; empty for nothing
    /// @param atOnce how many images are on their way at most, and how many blobs
    public Import(Target target, String prefix, Selection selection, int atOnce, Watcher watcher) {
        this.target = target;
        this.prefix = prefix;
        this.selection = selection;
        this.atOnce = atOnce;
        this.watcher = watcher;
        this.blobs = new BlobImport(target, tally, watcher, atOnce);
    }

    /// Returns when all has been tried.
    ///
    /// @throws IOException if the source's repositories cannot be listed
    public Tally run(Source source) throws IOException, InterruptedException {
        var room = new Semaphore(atOnce);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var repository : source.repositories()) {
                for (var one : started(repository)) {
                    room.acquire();
                    threads.execute(() -> run(one, room));
                }
            }
        }
        return tally;
    }

    private record Started(RepositoryImport repository, String source, Root root) {}

    /// A repository whose images cannot be listed fails by itself.
    private List<Started> started(SourceRepository from) throws InterruptedException {
        try {
            var roots = retried(from::roots).stream()
                    .filter(root -> selection.takes(from.name(), root))
                    .toList();
            if (roots.isEmpty()) {
                return List.of();
            }
            watcher.ahead(roots.size());
            var repository = made(from);
            return roots.stream()
                    .map(root -> new Started(repository, from.name(), root))
                    .toList();
        } catch (IOException e) {
            failed(from.name(), e);
            return List.of();
        }
    }

    private RepositoryImport made(SourceRepository from) throws IOException {
        var name = prefix.isEmpty() || from.name().isEmpty() ? prefix + from.name() : prefix + "/" + from.name();
        var isNew = target.create(name);
        tally.repository();
        return new RepositoryImport(from, target, name, isNew, new RepositoryImport.Shared(blobs, tally));
    }

    private void run(Started one, Semaphore room) {
        try {
            bring(one);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watcher.image();
            room.release();
        }
    }

    private void bring(Started one) throws InterruptedException {
        var root = one.root();
        try {
            root = retried(() -> one.repository().resolved(one.root()));
            var digest = Objects.requireNonNull(root.digest());
            var tag = root.tag();
            var _ = retried(() -> {
                one.repository().bring(digest, tag);
                return digest;
            });
        } catch (IOException | RuntimeException e) {
            var tag = root.tag() == null ? "" : ":" + root.tag();
            failed(one.source() + tag + (root.digest() == null ? "" : "@" + root.digest()), e);
        }
    }

    private void failed(String what, Exception e) {
        tally.failure();
        var cause = e instanceof UpstreamException || e.getCause() == null
                ? ""
                : ": " + e.getCause().getMessage();
        watcher.say("failed %s: %s%s".formatted(what, e.getMessage(), cause));
    }

    @FunctionalInterface
    private interface Attempt<T> {
        T run() throws IOException, InterruptedException;
    }

    private static <T> T retried(Attempt<T> attempt) throws IOException, InterruptedException {
        for (var tries = 1; ; tries++) {
            try {
                return attempt.run();
            } catch (UpstreamException e) {
                if (tries == TRIES || !mayHelp(e)) {
                    throw e;
                }
                Thread.sleep(FIRST_PAUSE.multipliedBy(1L << tries));
            }
        }
    }

    private static boolean mayHelp(UpstreamException e) {
        return e.failure() instanceof Failure.Unavailable || e.failure() instanceof Failure.TooManyRequests;
    }
}
