package entrepot.scanner;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Looks for a short text of ASCII in a file, whatever else is in it.
final class FileText {

    private static final int PIECE = 1 << 20;

    private FileText() {}

    static boolean has(Path file, String text) throws IOException {
        try (var bytes = Files.newInputStream(file)) {
            var tail = "";
            for (var piece = bytes.readNBytes(PIECE); piece.length > 0; piece = bytes.readNBytes(PIECE)) {
                var seen = tail + new String(piece, ISO_8859_1);
                if (seen.contains(text)) {
                    return true;
                }
                tail = seen.substring(Math.max(0, seen.length() - text.length()));
            }
            return false;
        } catch (NoSuchFileException e) {
            throw new ScanFailedException("There is no vulnerability database");
        }
    }
}
