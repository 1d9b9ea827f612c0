package entrepot.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Programs of this machine, and those that `acceptance/go-clients` built.
final class Programs {
    private static final Path DEBIAN_POSTGRES = Path.of("/usr/lib/postgresql");
    private static final Path BUILT = Path.of("acceptance/target/go-bin");

    private Programs() {}

    static Optional<Path> find(String program) {
        var path = System.getenv("PATH") + File.pathSeparator + "/usr/sbin";
        return in(Stream.of(path.split(File.pathSeparator, -1)).map(Path::of), program);
    }

    /// One that `acceptance/go-clients` builds.
    static Optional<Path> built(String program) {
        var folder = System.getenv("GO_CLIENTS");
        return in(Stream.of(folder == null ? BUILT : Path.of(folder)), program)
                .map(Path::toAbsolutePath)
                .or(() -> find(program));
    }

    /// A program of PostgreSQL's server: where PATH has it, else of the newest of Debian's packages.
    static Optional<Path> ofPostgres(String program) throws IOException {
        var found = find(program);
        if (found.isPresent() || !Files.isDirectory(DEBIAN_POSTGRES)) {
            return found;
        }
        try (var versions = Files.list(DEBIAN_POSTGRES)) {
            return in(versions.sorted(Comparator.reverseOrder()).map(version -> version.resolve("bin")), program);
        }
    }

    private static Optional<Path> in(Stream<Path> folders, String program) {
        return folders.map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Runs one to its end.
    ///
    /// @throws IOException with what it printed, if it fails
    static void run(List<String> command) throws IOException {
        output(command);
    }

    /// As `run`, and returns what it printed.
    static String output(List<String> command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + " failed: " + printed);
            }
            return printed.strip();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
