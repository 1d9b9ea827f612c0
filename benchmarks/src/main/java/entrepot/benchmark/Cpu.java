package entrepot.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// CPU seconds as Linux counts them (proc(5)), of a process with its children, or of the whole machine.
final class Cpu {
    private static final double TICKS_PER_SECOND = 100;
    private static final List<Integer> IDLE_FIELDS = List.of(3, 4);

    private Cpu() {}

    /// User and system time of all threads, those that ended included.
    static double of(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .mapToDouble(one -> ofOne(one.pid()))
                .sum();
    }

    /// As `of`, of this process alone: the servers are its children.
    static double ofGenerator() {
        return ofOne(ProcessHandle.current().pid());
    }

    private static double ofOne(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            var fields = words(stat.substring(stat.lastIndexOf(')') + 2));
            return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / TICKS_PER_SECOND;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What all processors did, and what was stolen from them.
    static double ofMachine() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            var ticks = words(lines.findFirst().orElseThrow()).stream()
                    .skip(1)
                    .limit(8)
                    .mapToLong(Long::parseLong)
                    .toArray();
            var idle = IDLE_FIELDS.stream().mapToLong(field -> ticks[field]).sum();
            return (Arrays.stream(ticks).sum() - idle) / TICKS_PER_SECOND;
        }
    }

    private static List<String> words(String line) {
        return Stream.of(line.strip().split("\\s+", -1)).toList();
    }
}
