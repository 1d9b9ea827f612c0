package entrepot.scan.database;

import entrepot.scan.WorkFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Databases that are not the current one any more. Each stays for as long as a scan may take that began with it.
final class Superseded {

    private final Path folder;
    private final Duration stay;
    private final Map<String, Long> since = new LinkedHashMap<>();

    Superseded(Path folder, Duration stay) {
        this.folder = folder;
        this.stay = stay;
    }

    /// Takes away what an earlier process left, but for the current one.
    void clean(@Nullable String current) throws IOException {
        try (var files = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (var each : files) {
                if (!each.getFileName().toString().equals(current)) {
                    WorkFolders.delete(each);
                }
            }
        }
    }

    void add(String name) {
        since.put(name, System.nanoTime());
    }

    /// Whether it is there still.
    boolean has(String name) {
        return since.containsKey(name);
    }

    /// It is not one of them any more.
    void takeBack(String name) {
        since.remove(name);
    }

    /// Those that nobody can use any more.
    void remove() throws IOException {
        for (Iterator<Map.Entry<String, Long>> all = since.entrySet().iterator(); all.hasNext(); ) {
            var each = all.next();
            if (System.nanoTime() - each.getValue() > stay.toNanos()) {
                WorkFolders.delete(folder.resolve(each.getKey()));
                all.remove();
            }
        }
    }
}
