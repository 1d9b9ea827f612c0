package entrepot.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// What a run ran on, without a word on where that is.
///
/// @param memory in bytes
/// @param fileSystem its type, such as `ext4`
record Machine(int cores, String processor, long memory, String kernel, String fileSystem, String jdk) {
    private static final Pattern PROCESSOR = Pattern.compile("(?m)^model name\\s*:\\s*(.+)$");
    private static final Pattern MEMORY = Pattern.compile("(?m)^MemTotal:\\s*(\\d+) kB$");
    private static final long KIB = 1024;

    /// @param folder whose file system is meant
    static Machine here(Path folder) throws IOException {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                found(PROCESSOR, "/proc/cpuinfo"),
                Long.parseLong(found(MEMORY, "/proc/meminfo")) * KIB,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                fileSystem(folder),
                Runtime.version().toString());
    }

    static String fileSystem(Path folder) {
        try {
            return Files.getFileStore(folder).type();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String found(Pattern pattern, String file) throws IOException {
        var matcher = pattern.matcher(Files.readString(Path.of(file)));
        return matcher.find() ? matcher.group(1) : "0";
    }

    /// The checkout's commit, and whether more than that was measured; empty without git.
    static String commit() {
        try {
            var commit = Programs.output(List.of("git", "rev-parse", "--short=12", "HEAD"));
            var changed = Programs.output(List.of("git", "status", "--porcelain", "--", "registry", "scripts"));
            return changed.isEmpty() ? commit : commit + " with changes";
        } catch (IOException e) {
            return "";
        }
    }
}
