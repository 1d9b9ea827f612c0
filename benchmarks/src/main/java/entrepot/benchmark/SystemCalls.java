package entrepot.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The system calls of a server, counted by `strace -c`, where that is installed and may trace.
final class SystemCalls {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\s*[\\d.]+\\s+[\\d.]+\\s+\\d+\\s+(\\d+)\\s+(?:\\d+\\s+)?([a-z_0-9]+)$");
    private static final double LEAST = 0.02;
    private static final long ATTACHING_MILLIS = 1500;

    private SystemCalls() {}

    /// As a line of Markdown.
    ///
    /// @param requests of the load; 0 if that is what it counts itself
    static String during(ServerProcess server, Path folder, Sample.Load load, int requests) throws IOException {
        var strace = Programs.find("strace");
        if (strace.isEmpty()) {
            return "System calls: not counted, since strace is not installed.\n";
        }
        var file = folder.resolve("strace.txt");
        var pid = Long.toString(server.process().pid());
        var command = List.of(strace.get().toString(), "-f", "-c", "-o", file.toString(), "-p", pid);
        var tracer = new ProcessBuilder(command).redirectErrorStream(true).start();
        sleep();
        var count = Profile.requests(requests, load.run());
        tracer.destroy();
        await(tracer);
        return "System calls for each: " + perRequest(Files.readString(file), count) + "\n";
    }

    private static String perRequest(String table, long requests) {
        return ROW.matcher(table)
                .results()
                .filter(row -> !row.group(2).equals("total"))
                .filter(row -> calls(row) >= LEAST * requests)
                .map(row -> "%s %.2f".formatted(row.group(2), calls(row) / requests))
                .collect(Collectors.joining(", "));
    }

    private static double calls(MatchResult row) {
        return Double.parseDouble(row.group(1));
    }

    private static void sleep() throws IOException {
        try {
            Thread.sleep(ATTACHING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void await(Process tracer) throws IOException {
        try {
            tracer.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
