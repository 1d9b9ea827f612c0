package entrepot.http.vertx;

import entrepot.domain.DirectTarget;
import entrepot.http.ClientGoneException;
import entrepot.http.body.Window;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The body of an answer, written from a virtual thread, which waits while the client takes too little.
final class AnswerChannel implements DirectTarget {

    private final HttpServerResponse wire;
    private final long length;
    private final Duration patience;
    private final int window;
    private final LongAdder count;

    /// No monitor: for a virtual thread that waits for one, it takes two more threads to go on.
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition taken = lock.newCondition();
    private ByteBuf piece = Unpooled.EMPTY_BUFFER;
    private long written;
    private long unsent;
    private boolean gone;

    /// @param length how many bytes there must be; -1 if only the end will tell
    /// @param patience how long the client may take nothing
    /// @param window how many bytes may be gathered and on their way to it
    /// @param count of the bytes that are sent
    AnswerChannel(HttpServerResponse wire, long length, Duration patience, int window, LongAdder count) {
        this.count = count;
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
        if (!piece.isWritable()) {
            sendPiece();
        }
        var count = Math.min(source.remaining(), piece.writableBytes());
        piece.writeBytes(source.slice(source.position(), count));
        source.position(source.position() + count);
        written += count;
    }

    @Override
    public int takeFrom(ReadableByteChannel source, long most) throws IOException {
        if (length >= 0 && written + most > length) {
            throw new IOException("the body is longer than the " + length + " bytes it announced");
        }
        if (!piece.isWritable()) {
            sendPiece();
        }
        var room = (int) Math.min(most, piece.writableBytes());
        var count = source.read(piece.nioBuffer(piece.writerIndex(), room));
        if (count > 0) {
            piece.writerIndex(piece.writerIndex() + count);
            written += count;
        }
        return count;
    }

    private void sendPiece() throws ClientGoneException {
        if (piece.isReadable()) {
            awaitRoom(piece.readableBytes());
            send(take());
        }
        var left = length < 0 ? Long.MAX_VALUE : length - written;
        var size = (int) Math.min(left, window / Window.PIECES);
        piece = ByteBufAllocator.DEFAULT.directBuffer(size, size);
    }

    private ByteBuf take() {
        var full = piece;
        piece = Unpooled.EMPTY_BUFFER;
        return full;
    }

    private void send(ByteBuf full) {
        var bytes = full.readableBytes();
        try {
            wire.write(BufferInternal.buffer(full)).onComplete(done -> {
                release(full);
                sent(bytes, done);
            });
        } catch (RuntimeException e) { // its response was ended meanwhile
            release(full);
            throw e;
        }
    }

    /// Whoever sends it does so, unless the connection was closed before.
    private static void release(ByteBuf full) {
        if (full.refCnt() > 0) {
            full.release();
        }
    }

    /// Sends what is left, and the end.
    ///
    /// @throws EOFException if fewer bytes came than were announced
    Future<Void> end() throws IOException {
        if (length >= 0 && written < length) {
            throw new EOFException("the body ended after " + written + " of " + length + " bytes");
        }
        awaitRoom(piece.readableBytes());
        var last = take();
        var bytes = last.readableBytes();
        return wire.end(BufferInternal.buffer(last)).onComplete(done -> {
            release(last);
            count(bytes, done);
        });
    }

    private void awaitRoom(int more) throws ClientGoneException {
        lock.lock();
        try {
            while (!gone && unsent + more > window - window / Window.PIECES) {
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

    private void count(int bytes, AsyncResult<Void> done) {
        if (done.succeeded()) {
            count.add(bytes);
        }
    }

    private void sent(int bytes, AsyncResult<Void> done) {
        count(bytes, done);
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

    /// Gives up what was gathered and not sent.
    @Override
    public void close() {
        release(take());
    }
}
