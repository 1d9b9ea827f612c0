package entrepot.upstream;

import entrepot.upstream.wire.Response;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A blob's bytes on their way. Where the way breaks off it goes on from the same byte, some times; so a reader sees
/// either all bytes, or an [UpstreamException]. That they are the right ones is seen by [VerifiedStream].
public final class BlobStream extends InputStream {

    /// Without a byte in between.
    private static final int TRIES = 4;

    private static final int TRIES_IN_ALL = 100;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private final Source source;
    private final long length;
    private final long most;
    private long position;
    private int vain;
    private int resumed;
    private volatile @Nullable Response answer;
    private volatile boolean isClosed;

    /// Opens the blob at a byte.
    @FunctionalInterface
    interface Source {
        /// An answer whose body begins with that byte, and which says nothing else of the blob's length.
        Response open(long offset) throws UpstreamException;
    }

    /// @param length of the whole blob, or -1 if only its end will tell
    /// @param most that it may be
    BlobStream(Source source, Response first, long offset, long length, long most) {
        this.source = source;
        this.most = most;
        this.answer = first;
        this.position = offset;
        this.length = length;
    }

    /// Of the whole blob, in bytes; -1 where only its end will tell.
    public long length() {
        return length;
    }

    /// Of the next byte.
    public long position() {
        return position;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /// @throws UpstreamException which says why there is no more
    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        while (position != length) {
            try {
                return some(into, offset, count);
            } catch (IOException e) {
                resume(UpstreamException.of(e));
            }
        }
        return -1;
    }

    private int some(byte[] into, int offset, int count) throws IOException {
        var open = answer;
        if (open == null) {
            open = reopened();
        }
        var wanted = length < 0 ? count : (int) Math.min(count, length - position);
        var read = open.body().read(into, offset, wanted);
        if (read < 0 && length >= 0) {
            throw new EOFException("it broke off in the middle of a blob");
        }
        position += Math.max(0, read);
        if (position > most) {
            throw UpstreamException.malformed("the blob has more than %d bytes".formatted(most));
        }
        vain = read > 0 ? 0 : vain;
        return read;
    }

    private Response reopened() throws UpstreamException {
        var opened = source.open(position);
        answer = opened;
        if (isClosed) {
            drop();
            throw new UpstreamException(new Failure.Unavailable(), "it was closed meanwhile");
        }
        return opened;
    }

    /// Where the length is not known, what was read is not known to be part of the same answer: nothing goes on then.
    private void resume(UpstreamException failure) throws IOException {
        drop();
        var mayHelp = failure.failure() instanceof Failure.Unavailable
                || failure.failure() instanceof Failure.TooManyRequests;
        if (isClosed || !mayHelp || length < 0 || ++vain > TRIES || ++resumed > TRIES_IN_ALL) {
            throw failure;
        }
        try {
            Thread.sleep(FIRST_PAUSE.multipliedBy(1L << (vain - 1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    /// Whether whoever reads it has been told to leave off.
    public boolean isClosed() {
        return isClosed;
    }

    /// Also by another thread than that which reads: that one gets an [UpstreamException].
    @Override
    public void close() {
        isClosed = true;
        drop();
    }

    private void drop() {
        Response open;
        synchronized (this) {
            open = answer;
            answer = null;
        }
        if (open != null) {
            open.close();
        }
    }
}
