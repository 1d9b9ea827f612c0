package entrepot.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.store.Line;
import entrepot.store.TestStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server whose database does not let it in, or is not there.
@Timeout(120)
class StartTest {

    private static final String PASSWORD = "right-One";
    private static final String WRONG = "wr0ng-One";

    private static Map<String, String> database = Map.of();

    @TempDir
    Path directory;

    @BeforeAll
    static void make_database(@TempDir Path keys) {
        database = TestStores.guardedDatabase(keys, PASSWORD);
    }

    @Test
    void a_wrong_password_ends_it_with_a_line_that_names_the_key() throws Exception {
        var settings = settings(url(), WRONG);
        assertThat(ServeProcess.statusOf(directory, settings)).isOne();
        assertTold("metadata.user, metadata.password-file: ");
    }

    @Test
    void one_that_is_not_there_yet_is_waited_for() throws Exception {
        try (var line = TestStores.lineToDatabase()) {
            line.cut();
            try (var server = ServeProcess.start(directory, settings(through(line), PASSWORD))) {
                assertThat(server.status("/healthz")).isEqualTo(200);
                assertThat(server.status("/readyz")).isEqualTo(503);

                line.mend();
                while (server.status("/readyz") == 503) {
                    Thread.sleep(50);
                }
                assertThat(server.status("/readyz")).isEqualTo(200);
            }
        }
    }

    @Test
    void one_that_does_not_let_in_when_it_is_there_at_last_ends_it_as_well() throws Exception {
        try (var line = TestStores.lineToDatabase()) {
            line.cut();
            try (var server = ServeProcess.start(directory, settings(through(line), WRONG))) {
                line.mend();
                assertThat(server.ended()).isOne();
            }
        }
        assertTold("metadata.user, metadata.password-file: ");
    }

    private static String url() {
        return requireNonNull(database.get("metadata.url"));
    }

    private static String through(Line line) {
        return url().replaceFirst("//[^/]+/", "//127.0.0.1:" + line.port() + "/");
    }

    private Map<String, String> settings(String url, String password) {
        var settings = new HashMap<String, String>();
        database.forEach((key, value) -> settings.put(variable(key), value));
        settings.put("ENTREPOT_METADATA_URL", url);
        settings.put("ENTREPOT_METADATA_PASSWORD", password);
        return settings;
    }

    private static String variable(String key) {
        return "ENTREPOT_" + key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    private void assertTold(String beginning) throws IOException {
        assertThat(told()).doesNotContain(WRONG);
        assertThat(told().lines().filter(line -> line.startsWith("entrepot: ")))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("entrepot: " + beginning));
    }

    private String told() throws IOException {
        return Files.readString(directory.resolve("err"));
    }
}
