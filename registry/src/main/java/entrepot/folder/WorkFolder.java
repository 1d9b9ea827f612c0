package entrepot.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// A folder for a command's own files, for its owner alone, which is gone when it ends.
///
/// @param path where it is
public record WorkFolder(Path path) implements AutoCloseable {

    /// Where the machine has such.
    public WorkFolder() throws IOException {
        this(Files.createTempDirectory("entrepot"));
    }

    /// One of a folder's own; what a command that was killed left in it is gone.
    public static WorkFolder in(Path folder) throws IOException {
        var work = new WorkFolder(folder.resolve("restore"));
        work.close();
        Files.createDirectory(work.path());
        return work;
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(path)) {
            try (var paths = Files.walk(path)) {
                for (var each : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }
}
