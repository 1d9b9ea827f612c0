package entrepot.transfer;

import entrepot.domain.Descriptor;
import entrepot.domain.Digest;
import entrepot.upstream.UpstreamException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// Brings blobs, each from its source once however many images and repositories have it: where it is in one
/// repository, another one mounts it.
final class BlobImport {

    private final Target target;
    private final Tally tally;
    private final Watcher watcher;
    private final Semaphore room;

    /// By digest, the repository that it is in, or will be.
    private final Map<Digest, CompletableFuture<String>> places = new ConcurrentHashMap<>();

    /// @param atOnce how many are on their way at most
    BlobImport(Target target, Tally tally, Watcher watcher, int atOnce) {
        this.target = target;
        this.tally = tally;
        this.watcher = watcher;
        this.room = new Semaphore(atOnce);
    }

    /// A repository is known to have it.
    void known(Digest digest, String repository) {
        places.putIfAbsent(digest, CompletableFuture.completedFuture(repository));
    }

    /// Returns when the repository has these blobs, but for those that are had elsewhere.
    void bring(SourceRepository from, String repository, boolean isNew, List<Descriptor> all)
            throws IOException, InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ours = all.stream().filter(blob -> !blob.foreign()).distinct();
            var tasks = ours.<Callable<Boolean>>map(blob -> () -> bring(from, repository, isNew, blob));
            for (var task : threads.invokeAll(tasks.toList())) {
                task.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException("a blob could not be brought", e.getCause());
        }
    }

    private boolean bring(SourceRepository from, String repository, boolean isNew, Descriptor blob)
            throws IOException, InterruptedException {
        if (!isNew && target.hasBlob(repository, blob.digest())) {
            known(blob.digest(), repository);
            return true;
        }
        var mine = new CompletableFuture<String>();
        var other = places.putIfAbsent(blob.digest(), mine);
        if (other == null) {
            first(from, repository, blob, mine);
        } else if (!isMounted(other, repository, blob.digest())) {
            transfer(from, repository, blob);
        }
        return true;
    }

    private void first(SourceRepository from, String repository, Descriptor blob, CompletableFuture<String> mine)
            throws IOException, InterruptedException {
        try {
            transfer(from, repository, blob);
            mine.complete(repository);
        } finally {
            if (!mine.isDone()) {
                places.remove(blob.digest(), mine);
                mine.cancel(false);
            }
        }
    }

    private boolean isMounted(CompletableFuture<String> other, String repository, Digest digest) throws IOException {
        try {
            var place = other.join();
            return place.equals(repository) || target.mount(repository, digest, place);
        } catch (CompletionException | CancellationException e) {
            return false; // it failed there, and may not here
        }
    }

    private void transfer(SourceRepository from, String repository, Descriptor blob)
            throws IOException, InterruptedException {
        room.acquire();
        try {
            var bytes = from.blob(blob);
            if (blob.size() >= 0 && bytes.length() != blob.size()) {
                throw new IOException("blob %s is damaged: it has %d bytes, not %d"
                        .formatted(blob.digest(), bytes.length(), blob.size()));
            }
            target.upload(repository, blob.digest(), bytes);
            tally.blob(bytes.length());
            watcher.blob(bytes.length());
        } catch (UpstreamException e) {
            throw e.about("blob " + blob.digest());
        } finally {
            room.release();
        }
    }
}
