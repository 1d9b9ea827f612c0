package entrepot.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;

/// Content of its own: a header that no other blob has, then the bytes of a file that all share, again and again where
/// they are
/// too few. So a push can
/// be sent by the kernel from the page cache, and no two pushes are of the same digest.
///
/// @param size in bytes, header included
/// @param digest as the registries write it, known before anything is timed
record Blob(FileChannel shared, String header, long size, String digest) {

    byte[] headerBytes() {
        return header.getBytes(US_ASCII);
    }

    void writeTo(WritableByteChannel channel) throws IOException {
        for (var bytes = ByteBuffer.wrap(headerBytes()); bytes.hasRemaining(); ) {
            channel.write(bytes);
        }
        var length = size - header.length();
        for (var sent = 0L; sent < length; ) {
            var from = sent % Blobs.SHARED;
            sent += shared.transferTo(from, Math.min(length - sent, Blobs.SHARED - from), channel);
        }
    }
}
