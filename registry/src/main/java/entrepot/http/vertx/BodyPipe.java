package entrepot.http.vertx;

import entrepot.http.ClientGoneException;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A request's body on its way from the event loop, which offers, to the virtual thread that takes.
///
/// The end is said only once the whole body has come: whatever goes wrong before makes [#take] fail, so that a
/// body that broke off never looks like a short one.
final class BodyPipe {

    /// Hears how much a pipe holds, to stop and start reading from the socket.
    interface Gauge {
        void added(int bytes);

        void removed(int bytes);

        /// Has `look` called now and then from now on.
        void waits(BodyPipe pipe);

        void waitsNoMore(BodyPipe pipe);
    }

    private final Gauge gauge;
    private final Deque<ByteBuf> chunks = new ArrayDeque<>();
    private long received;
    private boolean ended;
    private @Nullable Supplier<IOException> broken;
    private @Nullable Drain drain;
    private @Nullable Thread reader;
    private long deadline;

    /// What is left of a body that nobody will read.
    private static final class Drain {
        private final Runnable overrun;
        private long left;

        Drain(long limit, Runnable overrun) {
            this.left = limit;
            this.overrun = overrun;
        }

        void drop(long bytes) {
            if (left >= 0 && bytes > left) {
                overrun.run();
            }
            left -= bytes;
        }
    }

    BodyPipe(Gauge gauge) {
        this.gauge = gauge;
    }

    /// Takes over the caller's reference to the chunk.
    synchronized void offer(ByteBuf chunk) {
        var bytes = chunk.readableBytes();
        received += bytes;
        if (drain != null || broken != null || bytes == 0) {
            chunk.release();
            drop(bytes);
            return;
        }
        chunks.add(chunk);
        gauge.added(bytes);
        wakeReader();
    }

    synchronized void end() {
        ended = true;
        wakeReader();
    }

    /// Nothing more will come, and whoever takes fails so. Without effect once the body has ended.
    synchronized void breakOff(Supplier<IOException> reason) {
        if (ended || broken != null) {
            return;
        }
        broken = reason;
        releaseAll();
        drop(Long.MAX_VALUE);
        wakeReader();
    }

    /// The next chunk, which the caller must release; null at the end of the body.
    ///
    /// @throws IOException if the body broke off, or `patience` with the client has come to its end
    @Nullable
    ByteBuf take(Patience patience) throws IOException {
        awaitNews(patience);
        return taken(patience);
    }

    private synchronized @Nullable ByteBuf taken(Patience patience) throws IOException {
        if (!hasNews()) {
            breakOff(() -> new ClientGoneException("the body came too slowly"));
        }
        if (broken != null) {
            throw broken.get();
        }
        var chunk = chunks.poll();
        if (chunk != null) {
            gauge.removed(chunk.readableBytes());
            patience.received(chunk.readableBytes());
        }
        return chunk;
    }

    private boolean hasNews() {
        return !chunks.isEmpty() || ended || broken != null;
    }

    private void awaitNews(Patience patience) throws ClientGoneException {
        if (mustWait(patience)) {
            gauge.waits(this);
            try {
                for (var from = System.nanoTime(); mustWait(patience); from = waited(patience, from)) {
                    LockSupport.park(this);
                }
            } finally {
                gauge.waitsNoMore(this);
            }
        }
    }

    private static long waited(Patience patience, long from) throws ClientGoneException {
        if (Thread.currentThread().isInterrupted()) {
            throw new ClientGoneException("interrupted while waiting for the body", new InterruptedException());
        }
        var now = System.nanoTime();
        patience.waited(now - from);
        return now;
    }

    private synchronized boolean mustWait(Patience patience) {
        if (drain != null) {
            throw new IllegalStateException("the request is answered, and its body dropped");
        }
        var mustWait = !hasNews() && patience.left() > 0;
        reader = mustWait ? Thread.currentThread() : null;
        deadline = System.nanoTime() + patience.left();
        return mustWait;
    }

    /// Neither by a monitor, in which a virtual thread needs two more threads to go on, nor with a time limit,
    /// which takes as many: that is for [#look].
    private void wakeReader() {
        if (reader != null) {
            LockSupport.unpark(reader);
        }
    }

    /// Wakes the reader if it has waited for too long.
    synchronized void look() {
        if (reader != null && System.nanoTime() - deadline >= 0) {
            wakeReader();
        }
    }

    /// From now on whatever comes is dropped; `overrun` runs once if that is more than `limit` bytes, or if the body
    /// breaks off.
    synchronized void drain(long limit, Runnable overrun) {
        if (drain == null) {
            drain = new Drain(limit, overrun);
            drop(broken == null ? releaseAll() : Long.MAX_VALUE);
        }
    }

    synchronized long received() {
        return received;
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    /// Why nothing more will come, if the body broke off.
    synchronized Optional<IOException> brokenBy() {
        return Optional.ofNullable(broken).map(Supplier::get);
    }

    private void drop(long bytes) {
        if (drain != null) {
            drain.drop(bytes);
        }
    }

    private long releaseAll() {
        long total = 0;
        for (var chunk = chunks.poll(); chunk != null; chunk = chunks.poll()) {
            total += chunk.readableBytes();
            gauge.removed(chunk.readableBytes());
            chunk.release();
        }
        return total;
    }
}
