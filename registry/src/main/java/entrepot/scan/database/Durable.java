package entrepot.scan.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Files that a loss of power leaves as they are.
final class Durable {

    private Durable() {}

    /// A file, or all those below a folder.
    static void force(Path place) throws IOException {
        try (var files = Files.walk(place)) {
            for (var each : files.filter(Files::isRegularFile).toList()) {
                try (var channel = FileChannel.open(each, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
        }
    }
}
