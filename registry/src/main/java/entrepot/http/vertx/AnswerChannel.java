package entrepot.http.vertx;

import entrepot.http.ClientGoneException;
import io.netty.buffer.Unpooled;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The body of an answer, written from a virtual thread, which waits while the client takes too little.
final class AnswerChannel implements WritableByteChannel {

    private final HttpServerResponse wire;
    private final long length;
    private final Duration patience;
    private final int window;

    /// No monitor: for a virtual thread that waits for one, it takes two more threads to go on.
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition taken = lock.newCondition();
    private byte[] piece = new byte[0];
    private int filled;
    private long written;
    private long unsent;
    private boolean gone;

    /// @param length how many bytes there must be; -1 if only the end will tell
    /// @param patience how long the client may take nothing
    /// @param window how many bytes may be on their way to it
    AnswerChannel(HttpServerResponse wire, long length, Duration patience, int window) {
        this.window = window;
        this.patience = patience;
        this.wire = wire;
        this.length = length;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        var count = source.remaining();
        if (length >= 0 && written + count > length) {
            throw new IOException("the body is longer than the " + length + " bytes it announced");
        }
        while (source.hasRemaining()) {
            gather(source);
        }
        return count;
    }

    /// Each piece wakes the event loop, so bytes go in few of them.
    private void gather(ByteBuffer source) throws ClientGoneException {
        if (filled == piece.length) {
            sendPiece();
        }
        var count = Math.min(source.remaining(), piece.length - filled);
        source.get(piece, filled, count);
        filled += count;
        written += count;
    }

    private void sendPiece() throws ClientGoneException {
        if (filled > 0) {
            var sent = filled;
            awaitRoom(sent);
            wire.write(filledPiece()).onComplete(done -> sent(sent, done));
        }
        var left = length < 0 ? Long.MAX_VALUE : length - written;
        piece = new byte[(int) Math.min(left, window / 2)];
        filled = 0;
    }

    private Buffer filledPiece() {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(piece, 0, filled));
    }

    /// Sends what is left, and the end.
    ///
    /// @throws EOFException if fewer bytes came than were announced
    Future<Void> end() throws IOException {
        if (length >= 0 && written < length) {
            throw new EOFException("the body ended after " + written + " of " + length + " bytes");
        }
        awaitRoom(filled);
        return wire.end(filledPiece());
    }

    private void awaitRoom(int more) throws ClientGoneException {
        lock.lock();
        try {
            while (!gone && unsent + more > window) {
                var before = unsent;
                gone |= !taken.await(patience.toNanos(), TimeUnit.NANOSECONDS) && unsent == before;
            }
            unsent += more;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientGoneException("interrupted while answering", e);
        } finally {
            lock.unlock();
        }
        if (gone) {
            throw new ClientGoneException("the client does not take the rest of the answer");
        }
    }

    private void sent(int bytes, AsyncResult<Void> done) {
        lock.lock();
        try {
            unsent -= bytes;
            gone |= done.failed();
            taken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
