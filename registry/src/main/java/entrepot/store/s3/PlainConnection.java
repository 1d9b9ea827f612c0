package entrepot.store.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// A connection to S3, for one answer after the other.
///
/// Source: RFC 9112.
final class PlainConnection implements ReadableByteChannel {

    private static final int LONGEST_HEAD = 16 << 10;

    /// Of an answer that is no object.
    private static final int LONGEST_BODY = 1 << 20;

    private static final int LONGEST_LINE = 4 << 10;

    /// Of trailers, and of heads before the one of the answer.
    private static final int MOST = 100;

    private static final int HEX = 16;
    private static final String END = "\r\n\r\n";

    private final SocketChannel channel;

    /// What came with the head and is none of it.
    private final ByteBuffer rest = ByteBuffer.allocate(LONGEST_HEAD).limit(0);

    /// Since when somebody waits; 0 if nobody does.
    private volatile long waiting;

    private volatile boolean silent;
    private volatile long restsSince;

    PlainConnection(SocketChannel channel) {
        this.channel = channel;
    }

    void write(ByteBuffer bytes) throws IOException {
        waiting = System.nanoTime() | 1;
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
                waiting = System.nanoTime() | 1;
            }
        } catch (IOException e) {
            throw heard(e);
        } finally {
            waiting = 0;
        }
    }

    /// Whether the other side takes it: who takes no more may have answered already.
    boolean take(ByteBuffer bytes) throws IOException {
        try {
            write(bytes);
            return true;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return false;
        }
    }

    /// Of the next answer. What is only said before it (`100 Continue`) is left out.
    PlainHead head() throws IOException {
        rest.clear();
        for (int i = 0; i < MOST; i++) {
            var head = anyHead();
            if (!head.isInterim()) {
                return head;
            }
            rest.compact();
        }
        throw new IOException("no end of what comes before an answer");
    }

    private PlainHead anyHead() throws IOException {
        do {
            var text = new String(rest.array(), 0, rest.position(), ISO_8859_1);
            var end = text.indexOf(END);
            if (end >= 0) {
                rest.flip().position(end + END.length());
                return new PlainHead(text.substring(0, end));
            }
        } while (rest.hasRemaining() && read(rest) >= 0);
        throw new EOFException("the head of an answer was cut");
    }

    /// What came with the head and is none of it.
    ByteBuffer rest() {
        return rest;
    }

    /// All bytes of an answer that is no object. Where it says no length, it is as long as the connection.
    byte[] body(PlainHead head) throws IOException {
        var body = new ByteArrayOutputStream();
        if (head.isInChunks()) {
            copyChunks(body);
        } else if (head.hasLength() && !head.hasNoBody()) {
            copy(head.length(), body);
        } else if (!head.hasNoBody()) {
            while (fill()) {
                copy(rest.remaining(), body);
            }
        }
        return body.toByteArray();
    }

    private void copyChunks(ByteArrayOutputStream body) throws IOException {
        for (int size; (size = sizeOfChunk()) != 0; ) {
            copy(size, body);
            line();
        }
        for (int i = 0; !line().isEmpty(); i++) {
            if (i == MOST) {
                throw new IOException("many trailers");
            }
        }
    }

    private int sizeOfChunk() throws IOException {
        var line = line();
        var extension = line.indexOf(';');
        var digits = extension < 0 ? line : line.substring(0, extension);
        try {
            return Integer.parseInt(digits.strip(), HEX);
        } catch (NumberFormatException e) {
            throw new IOException("no size of a chunk", e);
        }
    }

    private void copy(long count, ByteArrayOutputStream body) throws IOException {
        if (count < 0 || body.size() + count > LONGEST_BODY) {
            throw new IOException("a long answer that is no object");
        }
        for (long left = count; left > 0; left--) {
            body.write(next());
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next; (next = next()) != '\n'; ) {
            if (line.length() == LONGEST_LINE) {
                throw new IOException("a long line");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private int next() throws IOException {
        if (!fill()) {
            throw new EOFException("an answer was cut");
        }
        return rest.get() & 0xff;
    }

    /// Whether there is more.
    private boolean fill() throws IOException {
        if (rest.hasRemaining()) {
            return true;
        }
        var count = read(rest.clear());
        rest.flip();
        return count > 0;
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
        waiting = System.nanoTime() | 1;
        try {
            return channel.read(bytes);
        } catch (IOException e) {
            throw heard(e);
        } finally {
            waiting = 0;
        }
    }

    private IOException heard(IOException failure) {
        return silent ? new SocketTimeoutException("S3 is silent") : failure;
    }

    void endSilence(Duration patience) {
        var since = waiting;
        if (since != 0 && System.nanoTime() - since > patience.toNanos()) {
            silent = true;
            close();
        }
    }

    void rests() {
        restsSince = System.nanoTime();
    }

    /// Whether it has rested for less than that.
    boolean isYoung(Duration age) {
        return System.nanoTime() - restsSince < age.toNanos();
    }

    /// Whether neither its end nor anything else came since the last answer.
    boolean isQuiet() {
        try {
            channel.configureBlocking(false);
            var count = channel.read(ByteBuffer.allocate(1));
            channel.configureBlocking(true);
            return count == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // so it is closed
        }
    }
}
