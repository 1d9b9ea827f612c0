package entrepot.http.body;

import entrepot.domain.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// Receives request bodies that are bounded.
public final class Bodies {

    private Bodies() {}

    /// Writes the whole body to the target, which never gets more than the limit, whatever length the client has
    /// announced or not. Where that fails, the target is closed.
    ///
    /// @return the target
    /// @throws BodyTooLargeException if there is more than `limit` bytes
    /// @throws IOException if the client went away before the end
    public static <T extends WritableByteChannel> T receive(Content body, long limit, T target) throws IOException {
        var whole = false;
        try {
            write(body, limit, target);
            whole = true;
        } finally {
            if (!whole) {
                target.close();
            }
        }
        return target;
    }

    private static void write(Content body, long limit, WritableByteChannel target) throws IOException {
        if (body.length() > limit) {
            throw new BodyTooLargeException(limit);
        }
        body.writeTo(new Limited(target, limit));
    }

    private static final class Limited implements WritableByteChannel {

        private final WritableByteChannel target;
        private final long limit;
        private long written;

        Limited(WritableByteChannel target, long limit) {
            this.target = target;
            this.limit = limit;
        }

        @Override
        public int write(ByteBuffer more) throws IOException {
            if (more.remaining() > limit - written) {
                throw new BodyTooLargeException(limit);
            }
            var count = target.write(more);
            written += count;
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
