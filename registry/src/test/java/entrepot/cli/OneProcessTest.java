package entrepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
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

    private static final Pattern LISTENING = Pattern.compile("(?m)^listening on (http://\\S+)$");

    @TempDir
    Path directory;

    @Test
    void what_many_nodes_need_is_not_loaded() throws Exception {
        var classes = directory.resolve("classes");
        var builder = new ProcessBuilder(
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
                .redirectError(directory.resolve("err").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("OTEL_") || name.startsWith("ENTREPOT_"));
        var process = builder.start();
        try {
            use(awaitListening(process));
        } finally {
            process.destroyForcibly().waitFor();
        }

        var loaded = Files.readString(classes);
        assertThat(loaded).contains("org.sqlite.", "entrepot.store.sqlite.");
        assertThat(loaded.lines().filter(line -> OF_MANY.stream().anyMatch(name -> line.contains(" " + name))))
                .isEmpty();
    }

    /// Also what is loaded by the first request, and by who asks whether it is ready.
    private static void use(String url) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            for (var path : new String[] {"/v2/", "/readyz"}) {
                http.send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.discarding());
            }
        }
    }

    private String awaitListening(Process process) throws IOException, InterruptedException {
        for (int i = 0; i < 600; i++) {
            var found = LISTENING.matcher(Files.readString(directory.resolve("out")));
            if (found.find()) {
                return found.group(1);
            }
            assertThat(process.isAlive()).isTrue();
            Thread.sleep(100);
        }
        throw new AssertionError("it does not listen: " + Files.readString(directory.resolve("err")));
    }
}
