package entrepot.operation.cache;

import entrepot.domain.Content;
import entrepot.domain.EveryApiError;
import entrepot.domain.LayerError;
import entrepot.domain.RegistryException;
import entrepot.domain.UpstreamFault;
import entrepot.store.StorageFullException;
import entrepot.store.StoreAwayException;
import entrepot.upstream.UpstreamException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A layer on its way here, for all who want it. The last byte that anybody asks for is held back until the whole has
/// been verified: so nobody can take for whole what is not.
final class BlobFetch {

    /// Read at a time, in bytes.
    private static final int PIECE = 128 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(BlobFetch.class);

    private static final long ALL = Long.MAX_VALUE;

    /// In bytes; fewer are told of when some time has passed.
    private static final int WORTH_WAKING = 512 << 10;

    private static final long BETWEEN_WAKINGS = TimeUnit.MILLISECONDS.toNanos(5);

    /// No monitor: for a virtual thread that waits for one, it takes two more threads to go on.
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private volatile @Nullable FetchFile file;
    private volatile long size = -1;
    private long written;
    private long told;
    private long toldAt;
    private boolean hasEnded;
    private boolean isVerified;
    private volatile boolean isStored;
    private @Nullable Throwable failure;

    /// The other registry has begun to send it.
    ///
    /// @param bytes how many there are, or -1 where only the end will tell
    void begin(FetchFile into, long bytes) {
        change(() -> {
            file = into;
            size = bytes;
        });
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Who waits is woken by the first of them, and then by much at a time, or after a while: each waking costs what
    /// many bytes do. What comes at once with what was told is told with the next, or with the end.
    void wrote(long more) {
        lock.lock();
        try {
            written += more;
            var now = System.nanoTime();
            if (written - told >= WORTH_WAKING || told == 0 || now - toldAt >= BETWEEN_WAKINGS) {
                told = written;
                toldAt = now;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// No more comes.
    void ended() {
        change(() -> hasEnded = true);
    }

    /// All of it has come, and is what was asked for.
    void verified() {
        change(() -> isVerified = true);
    }

    /// It is here.
    void stored() {
        change(() -> isStored = true);
    }

    /// What failed first is told.
    void fail(Throwable e) {
        change(() -> failure = failure == null ? e : failure);
    }

    boolean hasFailed() {
        lock.lock();
        try {
            return failure != null;
        } finally {
            lock.unlock();
        }
    }

    private boolean isOver() {
        return isStored || failure != null;
    }

    /// Waits until it is known how many bytes there are, or all is over. Says how many; -1 if the layer is here.
    ///
    /// @throws TimeoutException if the patience is over; the fetch goes on
    long awaitSize(Duration patience) throws UpstreamException, TimeoutException {
        await(() -> file != null && size >= 0, patience);
        return isStored ? -1 : size;
    }

    /// Waits until the layer is here.
    ///
    /// @throws TimeoutException if the patience is over; the fetch goes on
    void awaitEnd(Duration patience) throws UpstreamException, TimeoutException {
        await(() -> false, patience);
    }

    private void await(BooleanSupplier enough, Duration patience) throws UpstreamException, TimeoutException {
        lock.lock();
        try {
            for (var left = patience.toNanos(); !isOver() && !enough.getAsBoolean(); ) {
                if (left <= 0) {
                    throw new TimeoutException();
                }
                left = changed.awaitNanos(left);
            }
            refuseFailed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException();
        } finally {
            lock.unlock();
        }
    }

    /// Storage that is full or away is told as to who pushes. The rest of what fails here is no fault of who
    /// pulls.
    private void refuseFailed() throws UpstreamException, TimeoutException {
        switch (failure) {
            case null -> {}
            case UpstreamException e -> throw e;
            case TimeoutException e -> throw e;
            case RuntimeException e -> throw e;
            case StorageFullException _ -> throw new RegistryException(new EveryApiError.StorageFull());
            case StoreAwayException _ -> throw new RegistryException(new EveryApiError.Unavailable());
            case IOException e -> {
                LOG.warn("a layer could not be brought", e);
                throw new RegistryException(new LayerError.UnableToGetUpstreamLayer(UpstreamFault.UNAVAILABLE));
            }
            default -> throw new IllegalStateException("a layer could not be brought", failure);
        }
    }

    /// Some of its bytes, as they come.
    Content open(long from, long length) {
        var some = new Coming(this, from, length);
        return bare().<Content>map(path -> new InFile(some, path)).orElse(some);
    }

    private Optional<Path> bare() {
        return file == null ? Optional.empty() : file.bare();
    }

    /// All of them for who stores them, as they come.
    Content whole() {
        return new Coming(this, 0, ALL);
    }

    /// Waits for more bytes of a range. Says up to where they can be read; no further than they were where there are no
    /// more.
    private long awaitBytes(long position, long end) throws IOException {
        lock.lock();
        try {
            while (!isFailed(end) && visible(end) <= position && !(end == ALL && hasEnded)) {
                changed.await();
            }
            if (isFailed(end)) {
                throw failure instanceof IOException e ? e : new IOException("a layer did not come", failure);
            }
            return visible(end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    /// For clients, what has been verified has not failed, whatever comes of it here.
    private boolean isFailed(long end) {
        return failure != null && !(isVerified && end != ALL);
    }

    private long visible(long end) {
        return end == ALL ? written : isVerified || isStored ? end : Math.min(written, end - 1);
    }

    /// @param count [#ALL] for as many as come
    private record Coming(BlobFetch fetch, long from, long count) implements Content {

        @Override
        public long length() {
            return count == ALL ? fetch.size() : count;
        }

        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            if (count == 0) {
                return;
            }
            var end = count == ALL ? ALL : from + count;
            try (var file = fetch.open(from)) {
                var piece = ByteBuffer.allocate(PIECE);
                for (var position = from; position != end; position += piece.limit()) {
                    var until = fetch.awaitBytes(position, end);
                    if (until == position) {
                        return; // there are no more
                    }
                    piece.clear().limit((int) Math.min(piece.capacity(), until - position));
                    for (var bytes = file.next(piece); bytes.hasRemaining(); ) {
                        target.write(bytes);
                    }
                }
            }
        }
    }

    /// The same where they can be sent from the file.
    private record InFile(Coming some, Path file) implements Content.Growing {

        @Override
        public long offset() {
            return some.from;
        }

        @Override
        public long length() {
            return some.count;
        }

        @Override
        public long await(long position) throws IOException {
            return some.fetch.awaitBytes(position, some.from + some.count);
        }

        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            some.writeTo(target);
        }
    }

    private long size() {
        return size;
    }

    private FetchFile.Reader open(long from) throws IOException {
        return begun().open(from);
    }

    private FetchFile begun() throws IOException {
        if (file == null) {
            throw new IOException("the layer has not begun to come");
        }
        return file;
    }
}
