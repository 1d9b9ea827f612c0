package entrepot.sealing;

import entrepot.domain.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// Content sealed on its way, behind bytes that its first segment has already. A segment is written once more bytes
/// come behind it, since the last one is sealed as such; the bytes of that are kept. Written once.
final class SealedAppend implements Content {

    private final Segments segments;
    private final Content bytes;
    private final ByteBuffer plain = ByteBuffer.allocate(Segments.PLAIN);
    private final ByteBuffer sealed = ByteBuffer.allocate(Segments.SEALED);
    private long number;

    /// @param number of the first segment
    /// @param kept what is in it
    SealedAppend(Segments segments, long number, byte[] kept, Content bytes) {
        this.segments = segments;
        this.number = number;
        this.bytes = bytes;
        plain.put(kept);
    }

    /// Not told, since nobody needs it of what is on its way to a store.
    @Override
    public long length() {
        return -1;
    }

    /// How many segments there are before the last one.
    long number() {
        return number;
    }

    /// The bytes of the last segment, as far as they came.
    ByteBuffer rest() {
        return plain.duplicate().flip();
    }

    @Override
    public void writeTo(WritableByteChannel target) throws IOException {
        bytes.writeTo(new Sealing(target));
    }

    private final class Sealing implements WritableByteChannel {

        private final WritableByteChannel target;

        Sealing(WritableByteChannel target) {
            this.target = target;
        }

        @Override
        public int write(ByteBuffer more) throws IOException {
            var count = more.remaining();
            while (more.hasRemaining()) {
                if (!plain.hasRemaining()) {
                    writeSegment();
                    plain.clear();
                    number++;
                }
                take(more);
            }
            return count;
        }

        private void take(ByteBuffer more) {
            var some = more.slice(more.position(), Math.min(more.remaining(), plain.remaining()));
            more.position(more.position() + some.remaining());
            plain.put(some);
        }

        private void writeSegment() throws IOException {
            sealed.clear();
            segments.seal(plain.duplicate().flip(), number, false, sealed);
            sealed.flip();
            while (sealed.hasRemaining()) {
                target.write(sealed);
            }
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
