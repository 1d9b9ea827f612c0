package entrepot.domain;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// Content that shows its bytes to a meter on their way, which may refuse them.
public record Metered(Content inner, Meter meter) implements Content {

    /// Sees bytes pass.
    public interface Meter {

        /// So many bytes are about to be written; if this fails, they are not.
        default void before(int bytes) throws IOException {}

        /// These bytes were written.
        default void after(ByteBuffer bytes) {}
    }

    @Override
    public long length() {
        return inner.length();
    }

    @Override
    public void writeTo(WritableByteChannel target) throws IOException {
        inner.writeTo(new Channel(target, meter));
    }

    private record Channel(WritableByteChannel target, Meter meter) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer bytes) throws IOException {
            meter.before(bytes.remaining());
            var seen = bytes.duplicate();
            var written = target.write(bytes);
            meter.after(seen.limit(seen.position() + written));
            return written;
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
