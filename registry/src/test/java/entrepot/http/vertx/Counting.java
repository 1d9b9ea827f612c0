package entrepot.http.vertx;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.atomic.AtomicLong;

/// Ends of streams that count what passes, and keep nothing.
final class Counting {

    private Counting() {}

    static WritableByteChannel target(AtomicLong count) {
        return new WritableByteChannel() {
            @Override
            public int write(ByteBuffer source) {
                var bytes = source.remaining();
                source.position(source.limit());
                count.addAndGet(bytes);
                return bytes;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
    }

    /// As many bytes as `size` says.
    static InputStream source(AtomicLong read, long size) {
        return new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                var count = (int) Math.min(length, size - read.get());
                read.addAndGet(count);
                return count == 0 ? -1 : count;
            }
        };
    }
}
