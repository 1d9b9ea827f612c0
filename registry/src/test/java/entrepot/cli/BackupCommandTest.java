package entrepot.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.server.RunningServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `entrepot backup` of a registry of which a blob is damaged.
class BackupCommandTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();

    @BeforeEach
    void push_two_layers_and_back_them_up() throws IOException {
        try (var server = RunningServer.start(folder.resolve("data"), Map.of())) {
            server.ecr().createRepository(r -> r.repositoryName("app"));
            server.push("app", "one".getBytes(UTF_8));
            server.push("app", "two".getBytes(UTF_8));
        }
        assertThat(backup("--data", folder.resolve("data").toString())).isZero();
    }

    private int backup(String... options) {
        var command = new CommandLine(new BackupCommand()).setOut(new PrintWriter(out));
        out.getBuffer().setLength(0);
        var words = Stream.concat(Stream.of("--to", place().toString()), Arrays.stream(options));
        return command.execute(words.toArray(String[]::new));
    }

    private Path place() {
        return folder.resolve("backups");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void what_is_damaged_is_told_by_the_status_and_nothing_older_is_removed() throws IOException {
        for (var copy : files(place().resolve("blobs"))) {
            Files.delete(copy); // or it would be whole there
        }
        Files.writeString(files(folder.resolve("data/blobs")).getFirst(), "xxx");

        assertThat(backup("--data", folder.resolve("data").toString(), "--keep", "1"))
                .isEqualTo(1);

        assertThat(out.toString())
                .contains("; 1 blobs are not in it, since they are damaged here")
                .contains("and no older snapshot is removed");
        try (var snapshots = Files.list(place().resolve("snapshots"))) {
            assertThat(snapshots).hasSize(2);
        }
        assertThat(backup("--verify")).isEqualTo(1);
        assertThat(out.toString()).contains(" lacks 1 blobs, which were damaged in the registry");
    }
}
