package entrepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who needs one process pays for no more.
class OneProcessTest {

    /// Of Flyway's part for PostgreSQL a few are, since it lists all its parts.
    private static final List<String> OF_MANY = List.of(
            "org.postgresql.",
            "com.zaxxer.",
            "entrepot.store.postgres.",
            "entrepot.store.watched.",
            "io.micrometer.",
            "io.prometheus.",
            "entrepot.metrics.",
            "io.opentelemetry.",
            "entrepot.traces.");

    @TempDir
    Path directory;

    @Test
    void what_many_nodes_need_is_not_loaded() throws Exception {
        var classes = directory.resolve("classes");
        try (var server = ServeProcess.start(directory, Map.of(), "-Xlog:class+load:file=" + classes)) {
            server.status("/v2/"); // so that what the first request loads is there
            server.status("/readyz");
        }

        var loaded = Files.readString(classes);
        assertThat(loaded).contains("org.sqlite.", "entrepot.store.sqlite.");
        assertThat(loaded.lines().filter(line -> OF_MANY.stream().anyMatch(name -> line.contains(" " + name))))
                .isEmpty();
    }
}
