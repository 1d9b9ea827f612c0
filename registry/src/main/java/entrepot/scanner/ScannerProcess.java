package entrepot.scanner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A scanner as a process of its own: with nothing of the server's environment, without a network where the machine
/// allows that, behind the server in its turn for a processor, and ended with all that it began when it takes too much.
///
/// @param work a folder for its own files, for its owner alone
/// @param timeout how long it may take
/// @param memory how much it may use, in bytes
/// @param alive is told every 20 s or so that it runs
public record ScannerProcess(Path work, Duration timeout, long memory, Runnable alive) {

    private static final Logger LOG = LoggerFactory.getLogger(ScannerProcess.class);

    /// Of what it writes to its output, in bytes.
    static final long MOST_OUTPUT = 256L << 20;

    /// Of its own files together, in bytes.
    private static final long MOST_SCRATCH = 16L << 30;

    /// Go reserves addresses that it does not use.
    private static final long ADDRESSES = 2L << 30;

    private static final long LOOKS_EVERY_MILLIS = 100;
    private static final long ENDS_WITHIN_MILLIS = 5_000;
    private static final long TELLS_EVERY_MILLIS = 20_000;
    private static final int SHOWN_OF_ERRORS = 500;

    /// Limits of the shell hold for what it becomes: no core, addresses in KiB, seconds of a processor, blocks of a
    /// file.
    private static final String LIMITED =
            "ulimit -c 0; ulimit -v \"$1\"; ulimit -t \"$2\"; ulimit -f \"$3\"; shift 3; exec nice -n 10 \"$@\"";

    private static final int BLOCK = 512;

    /// Runs it, with its output in a file.
    ///
    /// @throws ScanFailedException if it does not end well, or takes too much
    /// @throws InterruptedException if this thread is interrupted; it has ended then, too
    void run(List<String> command, Map<String, String> environment, Path output)
            throws IOException, InterruptedException {
        var errors = work.resolve("errors");
        var process = start(command, environment, output, errors);
        try {
            watch(process, output, errors);
        } finally {
            end(process);
        }
        if (process.exitValue() != 0) {
            LOG.warn("the scanner ended with status {}: {}", process.exitValue(), beginning(errors));
            throw new ScanFailedException("The scanner ended with status " + process.exitValue());
        }
    }

    private Process start(List<String> command, Map<String, String> environment, Path output, Path errors)
            throws IOException {
        var scratch = Files.createDirectories(work.resolve("scratch"));
        var builder = new ProcessBuilder(words(command))
                .directory(scratch.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
        builder.environment().put("HOME", scratch.toString());
        builder.environment().put("TMPDIR", scratch.toString());
        builder.environment().put("GOMEMLIMIT", Long.toString(memory));
        try {
            return builder.start();
        } catch (IOException e) {
            LOG.warn("the scanner cannot be run", e);
            throw new ScanFailedException("The scanner cannot be run");
        }
    }

    private List<String> words(List<String> command) {
        var words = new ArrayList<>(Isolation.session());
        words.addAll(List.of("sh", "-c", LIMITED, "scanner"));
        words.add(Long.toString((memory + ADDRESSES) >> 10));
        words.add(Long.toString(2 * timeout.toSeconds() + 1));
        words.add(Long.toString(MOST_SCRATCH / BLOCK));
        words.addAll(Isolation.namespaces());
        words.addAll(command);
        return words;
    }

    private void watch(Process process, Path output, Path errors) throws IOException, InterruptedException {
        var begun = System.nanoTime();
        var told = begun;
        var room = Math.min(MOST_SCRATCH, work.toFile().getUsableSpace() / 2);
        while (!process.waitFor(LOOKS_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
            var now = System.nanoTime();
            if (now - begun > timeout.toNanos()) {
                throw new ScanFailedException("The scanner took longer than %d s".formatted(timeout.toSeconds()));
            }
            refuseMuch(process, output, errors);
            refuseScratch(room);
            if (now - told > TimeUnit.MILLISECONDS.toNanos(TELLS_EVERY_MILLIS)) {
                told = now;
                alive.run();
            }
        }
        refuseOutput(output);
    }

    private void refuseMuch(Process process, Path output, Path errors) throws IOException {
        refuseOutput(output);
        refuseOutput(errors);
        if (ProcessMemory.of(process.toHandle()) > memory) {
            throw new ScanFailedException("The scanner used more than %d bytes of memory".formatted(memory));
        }
    }

    private void refuseScratch(long room) throws IOException {
        if (Scratch.size(work.resolve("scratch"), room) > room) {
            throw new ScanFailedException("The image unpacks to more than %d bytes".formatted(room));
        }
    }

    private static void refuseOutput(Path output) throws IOException {
        if (Files.size(output) > MOST_OUTPUT) {
            throw new ScanFailedException("The scanner's report is larger than %d bytes".formatted(MOST_OUTPUT));
        }
    }

    /// With all that it began: it is the leader of its group, and the first process of its namespace.
    private static void end(Process process) throws InterruptedException {
        var begun = process.toHandle().descendants().toList();
        begun.forEach(ProcessHandle::destroyForcibly);
        if (!Isolation.session().isEmpty()) {
            ProcessGroup.kill(process.pid());
        }
        process.destroyForcibly();
        process.waitFor(ENDS_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
        for (var i = 0; i < ENDS_WITHIN_MILLIS / LOOKS_EVERY_MILLIS; i++) {
            if (begun.stream().noneMatch(ProcessHandle::isAlive)) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(LOOKS_EVERY_MILLIS);
        }
    }

    private static String beginning(Path errors) {
        try (var bytes = Files.newInputStream(errors)) {
            return new String(bytes.readNBytes(SHOWN_OF_ERRORS), UTF_8).replaceAll("[^\\x20-\\x7e]+", " ");
        } catch (IOException e) {
            return e.toString();
        }
    }
}
