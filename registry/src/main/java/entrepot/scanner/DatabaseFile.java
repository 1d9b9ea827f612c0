package entrepot.scanner;

import entrepot.domain.ImageScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The file that a scanner keeps what it knows in. Another one has another time or length.
final class DatabaseFile {

    private DatabaseFile() {}

    static ImageScan.Source source(String scanner, Path file) throws IOException {
        try {
            var written = Files.getLastModifiedTime(file).toInstant();
            return new ImageScan.Source("%s %s %d".formatted(scanner, written, Files.size(file)), written);
        } catch (NoSuchFileException e) {
            throw new ScanFailedException("There is no vulnerability database");
        }
    }
}
