package entrepot.operation.layer;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.store.BlobStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// A blob store on a disk that has room for so many bytes more.
final class FillingDisk implements BlobStore {

    private final BlobStore disk;
    private long room = Long.MAX_VALUE;

    FillingDisk(BlobStore disk) {
        this.disk = disk;
    }

    void leave(long bytes) {
        room = bytes;
    }

    @Override
    public long append(BlobKey key, long offset, Content bytes) throws IOException {
        return disk.append(key, offset, new Filling(bytes));
    }

    private final class Filling implements Content {

        private final Content bytes;

        Filling(Content bytes) {
            this.bytes = bytes;
        }

        @Override
        public long length() {
            return bytes.length();
        }

        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            bytes.writeTo(new Channel(target));
        }
    }

    private final class Channel implements WritableByteChannel {

        private final WritableByteChannel target;

        Channel(WritableByteChannel target) {
            this.target = target;
        }

        /// A full disk takes what it can, and says so at the next call only.
        @Override
        public int write(ByteBuffer bytes) throws IOException {
            if (room == 0 && bytes.hasRemaining()) {
                throw new IOException("No space left on device");
            }
            var fitting = bytes.slice(bytes.position(), (int) Math.min(room, bytes.remaining()));
            var count = target.write(fitting);
            bytes.position(bytes.position() + count);
            room -= count;
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

    @Override
    public void create(BlobKey key) throws IOException {
        disk.create(key);
    }

    @Override
    public void seal(BlobKey key) throws IOException {
        disk.seal(key);
    }

    @Override
    public OptionalLong size(BlobKey key) throws IOException {
        return disk.size(key);
    }

    @Override
    public Content open(BlobKey key, long from, long length) throws IOException {
        return disk.open(key, from, length);
    }

    @Override
    public void delete(BlobKey key) throws IOException {
        disk.delete(key);
    }

    @Override
    public Stream<BlobKey> keys() throws IOException {
        return disk.keys();
    }
}
