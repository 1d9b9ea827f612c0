package entrepot.operation.layer;

import entrepot.domain.Content;
import entrepot.domain.RegistryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// Content that refuses to become more than there is room for, before the first byte that is too many is written.
record Bounded(Content inner, Room room) implements Content {

    /// How many bytes there may be, and what to say of more.
    record Room(long bytes, RegistryException refusal) {}

    @Override
    public long length() {
        return inner.length();
    }

    @Override
    public void writeTo(WritableByteChannel target) throws IOException {
        if (inner.length() > room.bytes) {
            throw room.refusal;
        }
        inner.writeTo(new Counting(target));
    }

    private final class Counting implements WritableByteChannel {

        private final WritableByteChannel target;
        private long written;

        Counting(WritableByteChannel target) {
            this.target = target;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            if (written + bytes.remaining() > room.bytes) {
                throw room.refusal;
            }
            var count = target.write(bytes);
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
