package entrepot.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.http.ContentStreamProvider;

/// Part of a file for a request, which may be made again.
///
/// @param from its first byte
/// @param most bytes, of which there are fewer at the end of the file
record FilePart(Path file, long from, long most) implements ContentStreamProvider {

    long length() throws IOException {
        return Math.min(most, Files.size(file) - from);
    }

    @Override
    public InputStream newStream() {
        try {
            var channel = Files.newByteChannel(file);
            return new Bounded(Channels.newInputStream(channel.position(from)), length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends after so many bytes.
    private static final class Bounded extends InputStream {
        private final InputStream bytes;
        private long left;

        Bounded(InputStream bytes, long left) {
            this.bytes = bytes;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            var count = left == 0 ? -1 : bytes.read(target, offset, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }

        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }
}
