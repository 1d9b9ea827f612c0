package entrepot.operation.layer;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Progress;
import entrepot.store.BlobStore;
import entrepot.store.ForwardedBlobs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// A blob store on a disk that has room for so many bytes more.
final class FillingDisk extends ForwardedBlobs {

    private long room = Long.MAX_VALUE;

    FillingDisk(BlobStore disk) {
        super(disk);
    }

    void leave(long bytes) {
        room = bytes;
    }

    @Override
    public Progress append(BlobKey key, Progress from, Content bytes) throws IOException {
        return super.append(key, from, new Filling(bytes));
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
}
