package entrepot.check;

import entrepot.domain.Content;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.function.LongConsumer;

/// How bytes are read that nobody waits for: so many in a second at most. For one thread.
public final class Reading {

    private static final long SECOND = 1_000_000_000;

    /// What is shorter is added up, since no sleep is as short as it is asked for.
    private static final long SHORTEST = 5_000_000;

    private final long rate;
    private final LongConsumer heard;
    private long free = System.nanoTime();

    /// @param rate bytes in a second; 0 for no bound
    /// @param heard is told of the bytes as they come
    public Reading(long rate, LongConsumer heard) {
        this.rate = rate;
        this.heard = heard;
    }

    /// The same content, read so.
    ///
    /// Ends with [InterruptedIOException] where its thread is interrupted.
    Content of(Content content) {
        return new Paced(content, this);
    }

    private void passed(int count) throws InterruptedIOException {
        heard.accept(count);
        if (rate > 0) {
            var now = System.nanoTime();
            free = Math.max(free, now) + count * SECOND / rate;
            rest(free - now);
        }
    }

    private static void rest(long nanos) throws InterruptedIOException {
        if (nanos < SHORTEST) {
            return;
        }
        try {
            Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private record Paced(Content content, Reading reading) implements Content {
        @Override
        public long length() {
            return content.length();
        }

        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            content.writeTo(new Passing(target, reading));
        }
    }

    private record Passing(WritableByteChannel target, Reading reading) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer bytes) throws IOException {
            var count = target.write(bytes);
            reading.passed(count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return target.isOpen();
        }

        @Override
        public void close() throws IOException {
            target.close();
        }
    }
}
