package entrepot.scan;

import entrepot.scanner.ScanFailedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// A document as it is kept in a row.
final class Compressed {

    /// Of the document, in bytes.
    private static final long LONGEST = 64L << 20;

    /// Of the row.
    private static final int LONGEST_ROW = 8 << 20;

    private Compressed() {}

    static byte[] read(Path document) throws IOException {
        if (Files.size(document) > LONGEST) {
            throw tooLong();
        }
        var bytes = new ByteArrayOutputStream();
        try (var compressed = new GZIPOutputStream(bytes)) {
            Files.copy(document, compressed);
        }
        if (bytes.size() > LONGEST_ROW) {
            throw tooLong();
        }
        return bytes.toByteArray();
    }

    static Path write(byte[] row, Path document) throws IOException {
        try (var plain = new GZIPInputStream(new ByteArrayInputStream(row))) {
            Files.copy(plain, document);
        }
        return document;
    }

    private static ScanFailedException tooLong() {
        return new ScanFailedException(
                "The list of what the image is made of is larger than %d bytes, or than %d compressed"
                        .formatted(LONGEST, LONGEST_ROW));
    }
}
