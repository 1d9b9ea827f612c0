package entrepot.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The protocol of the administrator's socket: one line of JSON there, one line back.
final class AdminMessages {

    /// The longest line, in bytes.
    static final int LONGEST = 1 << 20;

    private static final JsonMapper JSON = new JsonMapper();

    private AdminMessages() {}

    /// What is asked.
    record Request(String command, List<String> arguments) {
        Request {
            Objects.requireNonNull(command);
            arguments = List.copyOf(arguments);
        }
    }

    /// What came of it.
    ///
    /// @param error null if it was done
    record Answer(List<String> lines, @Nullable String error) {}

    static void write(ByteChannel channel, Object message) throws IOException {
        var line = ByteBuffer.wrap((JSON.writeValueAsString(message) + "\n").getBytes(UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
    }

    /// @throws IOException if no such message comes
    static <T> T read(ByteChannel channel, Class<T> type) throws IOException {
        try {
            return Optional.ofNullable(JSON.readValue(line(channel), type))
                    .orElseThrow(() -> new IOException("not a message of this protocol"));
        } catch (JacksonException e) {
            throw new IOException("not a message of this protocol", e);
        }
    }

    private static String line(ByteChannel channel) throws IOException {
        var line = new ByteArrayOutputStream();
        var buffer = ByteBuffer.allocate(1 << 12);
        while (line.size() <= LONGEST && channel.read(buffer.clear()) >= 0) {
            line.write(buffer.array(), 0, buffer.position());
            if (buffer.position() > 0 && buffer.get(buffer.position() - 1) == '\n') {
                return line.toString(UTF_8);
            }
        }
        throw new IOException("the message has no end");
    }
}
