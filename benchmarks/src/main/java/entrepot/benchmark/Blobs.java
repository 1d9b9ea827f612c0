package entrepot.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Makes blobs. Their content cannot be compressed.
final class Blobs implements AutoCloseable {
    static final int HEADER = 64;

    /// The bytes that all share.
    static final int SHARED = 100_000_000;

    private final FileChannel shared;
    private final ByteBuffer mapped;
    private int made;

    Blobs(Path file) throws IOException {
        Files.write(file, randomBytes());
        shared = FileChannel.open(file, StandardOpenOption.READ);
        mapped = shared.map(FileChannel.MapMode.READ_ONLY, 0, SHARED);
    }

    private static byte[] randomBytes() {
        var bytes = new byte[SHARED];
        new Random(2026).nextBytes(bytes);
        return bytes;
    }

    List<Blob> make(int count, int size) {
        return IntStream.range(0, count).mapToObj(i -> next(size)).toList();
    }

    private Blob next(int size) {
        var header = header(size, made++);
        var digest = Hash.sha256();
        digest.update(header.getBytes(US_ASCII));
        for (var from = 0; from < size - HEADER; from += SHARED) {
            digest.update(mapped.slice(0, Math.min(SHARED, size - HEADER - from)));
        }
        return new Blob(shared, header, size, "sha256:" + Hash.hex(digest.digest()));
    }

    /// The bytes with which the blob of this size and number begins.
    static String header(int size, int number) {
        return "%-31d %-31d\n".formatted(size, number);
    }

    @Override
    public void close() throws IOException {
        shared.close();
    }
}
