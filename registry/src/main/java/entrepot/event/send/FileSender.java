package entrepot.event.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.event.EventSender;
import entrepot.store.Events.Event;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;

/// A file that has a line for each event, on the disk before it counts as sent. It is opened each time, so it can be
/// moved away at any moment.
public final class FileSender implements EventSender {

    private final Path path;

    public FileSender(Path path) {
        this.path = path;
    }

    @Override
    public synchronized Sent send(List<Event> events) {
        if (events.isEmpty()) {
            return new Sent(0, null);
        }
        var lines = events.stream().map(event -> event.document() + "\n").collect(Collectors.joining());
        try (var file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            append(file, lines.getBytes(UTF_8));
            return new Sent(events.size(), null);
        } catch (IOException e) {
            return new Sent(0, "%s: %s".formatted(e.getClass().getSimpleName(), e.getMessage()));
        }
    }

    /// All of it or nothing, unless the process dies meanwhile: then what it began is a line that is no JSON.
    private static void append(FileChannel file, byte[] lines) throws IOException {
        var end = file.size();
        try {
            var bytes = ByteBuffer.wrap(isCut(file, end) ? prefixed(lines) : lines);
            for (var at = end; bytes.hasRemaining(); ) {
                at += file.write(bytes, at);
            }
            file.force(true);
        } catch (IOException e) {
            file.truncate(end);
            throw e;
        }
    }

    private static boolean isCut(FileChannel file, long end) throws IOException {
        var last = ByteBuffer.allocate(1);
        return end > 0 && file.read(last, end - 1) == 1 && last.get(0) != '\n';
    }

    private static byte[] prefixed(byte[] lines) {
        return ByteBuffer.allocate(lines.length + 1).put((byte) '\n').put(lines).array();
    }
}
