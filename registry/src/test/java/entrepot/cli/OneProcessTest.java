package entrepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who needs one process pays for no more.
class OneProcessTest {

    /// Of Flyway's part for PostgreSQL a few are, since it lists all its parts.
    private static final List<String> OF_MANY = List.of("org.postgresql.", "com.zaxxer.", "entrepot.store.postgres.");

    @TempDir
    Path directory;

    @Test
    void what_many_nodes_need_is_not_loaded() throws Exception {
        var classes = directory.resolve("classes");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + classes,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "entrepot.Main",
                        "serve",
                        "--data",
                        directory.resolve("data").toString(),
                        "--port",
                        "0")
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
        try {
            awaitListening(process);
        } finally {
            process.destroyForcibly().waitFor();
        }

        var loaded = Files.readString(classes);
        assertThat(loaded).contains("org.sqlite.", "entrepot.store.sqlite.");
        assertThat(loaded.lines().filter(line -> OF_MANY.stream().anyMatch(name -> line.contains(" " + name))))
                .isEmpty();
    }

    private void awaitListening(Process process) throws IOException, InterruptedException {
        for (int i = 0; i < 600; i++) {
            if (Files.readString(directory.resolve("out")).contains("listening on ")) {
                return;
            }
            assertThat(process.isAlive()).isTrue();
            Thread.sleep(100);
        }
        throw new AssertionError("it does not listen: " + Files.readString(directory.resolve("err")));
    }
}
