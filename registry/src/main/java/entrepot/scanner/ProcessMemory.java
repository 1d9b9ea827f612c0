package entrepot.scanner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What a process and those that it began have in memory, where the machine tells. Source: proc(5), `statm`.
final class ProcessMemory {

    private static final long PAGE = 4L << 10;

    private ProcessMemory() {}

    /// In bytes.
    static long of(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .mapToLong(each -> resident(each.pid()))
                .sum();
    }

    private static long resident(long process) {
        try {
            var numbers = Files.readString(Path.of("/proc", Long.toString(process), "statm"))
                    .split(" ", -1);
            return Long.parseLong(numbers[1]) * PAGE;
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return 0; // it has ended, or nobody tells
        }
    }
}
