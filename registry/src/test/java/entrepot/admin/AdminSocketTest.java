package entrepot.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminSocketTest {

    private Path file;
    private AdminSocket socket;

    @BeforeEach
    void listen(@TempDir Path folder) throws IOException {
        file = folder.resolve("admin.sock");
        Files.createFile(file); // as an earlier server may have left it
        socket = AdminSocket.listen(
                file, Map.of("echo", arguments -> arguments, "refuse", arguments -> refuse(), "fail", List::reversed));
    }

    @AfterEach
    void close() {
        socket.close();
    }

    @Test
    void a_command_is_run_with_its_arguments() throws IOException {
        var words = List.of("two words", "\"quoted\"\n", "é".repeat(5_000));

        assertThat(AdminClient.call(file, "echo", words)).isEqualTo(words);
    }

    @Test
    void a_refusal_and_an_unknown_command_are_told() {
        assertThatThrownBy(() -> AdminClient.call(file, "refuse", List.of()))
                .isInstanceOf(IOException.class)
                .hasMessage("no");
        assertThatThrownBy(() -> AdminClient.call(file, "none", List.of()))
                .hasMessage("this server has no command none");
    }

    @Test
    void only_its_owner_can_open_it_and_it_goes_with_the_server() throws IOException {
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }

        socket.close();

        assertThat(file).doesNotExist();
        assertThatThrownBy(() -> AdminClient.call(file, "echo", List.of())).isInstanceOf(IOException.class);
    }

    @Test
    void what_is_no_message_is_hung_up_on_and_the_next_one_is_served() throws IOException {
        for (var text : List.of("GET / HTTP/1.1\n", "{}\n", "[".repeat(100_000) + "\n", "x".repeat(2 << 20))) {
            try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
                send(channel, text);
            }
        }

        assertThat(AdminClient.call(file, "echo", List.of("still there"))).containsExactly("still there");
    }

    @Test
    void null_is_no_message() throws IOException {
        var sent = Files.writeString(file.resolveSibling("sent"), "null\n");

        try (var channel = Files.newByteChannel(sent)) {
            assertThatThrownBy(() -> AdminMessages.read(channel, AdminMessages.Request.class))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_path_that_is_too_long_is_refused() {
        var deep = file.resolveSibling("x".repeat(120));

        assertThatThrownBy(() -> AdminSocket.listen(deep.resolve("admin.sock"), Map.of()))
                .isInstanceOf(IOException.class);
    }

    private static List<String> refuse() throws IOException {
        throw new IOException("no");
    }

    /// The server may hang up before the end.
    private static void send(SocketChannel channel, String text) {
        try {
            var bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            assertThat(e).isNotNull();
        }
    }
}
