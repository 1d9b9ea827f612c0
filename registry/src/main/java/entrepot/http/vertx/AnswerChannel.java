package entrepot.http.vertx;

import entrepot.http.ClientGoneException;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;

/// The body of an answer, written from a virtual thread, which waits while the client takes too little.
final class AnswerChannel implements WritableByteChannel {

    private final HttpServerResponse wire;
    private final long length;
    private final Duration patience;
    private final int window;
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
            var piece = new byte[Math.min(source.remaining(), window / 2)];
            source.get(piece);
            send(piece);
        }
        written += count;
        return count;
    }

    /// @throws EOFException if fewer bytes came than were announced
    void requireWhole() throws EOFException {
        if (length >= 0 && written < length) {
            throw new EOFException("the body ended after " + written + " of " + length + " bytes");
        }
    }

    private void send(byte[] piece) throws ClientGoneException {
        awaitRoom(piece.length);
        wire.write(Buffer.buffer(piece)).onComplete(done -> sent(piece.length, done));
    }

    private synchronized void awaitRoom(int more) throws ClientGoneException {
        try {
            while (!gone && unsent + more > window) {
                var before = unsent;
                wait(patience.toMillis());
                gone |= unsent == before;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientGoneException("interrupted while answering", e);
        }
        if (gone) {
            throw new ClientGoneException("the client does not take the rest of the answer");
        }
        unsent += more;
    }

    private synchronized void sent(int bytes, AsyncResult<Void> done) {
        unsent -= bytes;
        gone |= done.failed();
        notifyAll();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
