package entrepot.domain;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Bytes on their way from one part of the program to another, never held whole in memory.
public interface Content {

    /// In bytes, or -1 where only the end will tell.
    long length();

    /// Writes all the bytes, in order. Once only, unless the kind of content says otherwise.
    ///
    /// @throws IOException from the source or the target; what was written before stays written
    void writeTo(WritableByteChannel target) throws IOException;

    /// Bytes that are in memory already. Can be written any number of times.
    @SuppressWarnings("ArrayRecordComponent") // nobody compares contents
    record Bytes(byte[] bytes) implements Content {

        public static final Bytes EMPTY = new Bytes(new byte[0]);

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                target.write(buffer);
            }
        }
    }

    /// Part of a file, which a server may send without reading it. Can be written any number of times.
    record FileRegion(Path file, long offset, long length) implements Content {

        /// Read at a time, in bytes. The JDK's `transferTo` reads 8 KiB where the target is neither file nor socket.
        private static final int PIECE = 64 << 10;

        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            var piece = ByteBuffer.allocate((int) Math.min(length, PIECE));
            try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
                for (long done = 0; done < length; done += piece.limit()) {
                    piece.clear().limit((int) Math.min(length - done, PIECE));
                    if (channel.read(piece, offset + done) <= 0) {
                        throw new IOException(file + " ended early");
                    }
                    piece.flip();
                    while (piece.hasRemaining()) {
                        target.write(piece);
                    }
                }
            }
        }
    }

    /// Part of a file that is still being written, which a server may send without reading it.
    interface Growing extends Content {

        Path file();

        /// Where the part begins in the file, in bytes.
        long offset();

        /// Waits until there is more than the bytes before `position`, which counts from the file's first byte. Says
        /// where what can be sent ends, also counted from there.
        ///
        /// @throws IOException if no more comes
        long await(long position) throws IOException;
    }
}
