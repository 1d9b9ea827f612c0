package entrepot.scan.database;

import entrepot.domain.Descriptor;
import entrepot.domain.Digest;
import entrepot.scanner.ScanFailedException;
import entrepot.store.Reserve;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/// A file that becomes what a descriptor says, or fails.
///
/// @param reserve of the disk, which it leaves free
record CheckedFile(Path file, Descriptor expected, Reserve reserve) {

    void write(ArtifactSource source) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
                var checking = new Checking(channel)) {
            source.copy(expected, checking);
            checking.end();
        }
    }

    private final class Checking implements WritableByteChannel {
        private static final long ASKS_EVERY = 16L << 20;
        private final FileChannel channel;
        private final MessageDigest computation = expected.digest().algorithm().newComputation();
        private long written;
        private long asked;

        Checking(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            var count = bytes.remaining();
            if (written + count > expected.size()) {
                throw differs();
            }
            if (written >= asked) {
                asked = written + ASKS_EVERY;
                reserve.require();
            }
            computation.update(bytes.duplicate());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            written += count;
            return count;
        }

        void end() throws ScanFailedException {
            var digest = Digest.of(expected.digest().algorithm(), computation.digest());
            if (written != expected.size() || !digest.equals(expected.digest())) {
                throw differs();
            }
        }

        private ScanFailedException differs() {
            return new ScanFailedException("Its layer is not what its manifest says");
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
