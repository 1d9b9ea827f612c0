package entrepot.http;

import entrepot.domain.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// Reads small bodies whole.
public final class Bodies {

    private Bodies() {}

    /// The whole body. Never holds more than the limit, whatever length the client has announced or not.
    ///
    /// @throws BodyTooLargeException if there is more than `limit` bytes
    /// @throws IOException if the client went away before the end
    public static byte[] read(Content body, int limit) throws IOException {
        if (body.length() > limit) {
            throw new BodyTooLargeException(limit);
        }
        var collector = new Collector(limit, (int) Math.max(body.length(), 0));
        body.writeTo(collector);
        return collector.bytes.toByteArray();
    }

    private static final class Collector implements WritableByteChannel {

        private final int limit;
        private final ByteArrayOutputStream bytes;

        Collector(int limit, int expected) {
            this.limit = limit;
            this.bytes = new ByteArrayOutputStream(expected);
        }

        @Override
        public int write(ByteBuffer more) throws IOException {
            var count = more.remaining();
            if (count > limit - bytes.size()) {
                throw new BodyTooLargeException(limit);
            }
            var copy = new byte[count];
            more.get(copy);
            bytes.writeBytes(copy);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
