package entrepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.folder.CredentialsFile.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A server of which nothing is left.
@Timeout(120)
class EphemeralTest {

    private static final String ID = "AKIAEXAMPLEEXAMPLEAA";
    private static final String SECRET = "a-secret-of-twenty-characters";

    @TempDir
    Path directory;

    private Map<String, String> environment(String... more) throws IOException {
        Files.createDirectories(directory.resolve("tmp"));
        var all = new HashMap<>(Map.of("TMPDIR", directory.resolve("tmp").toString(), "ENTREPOT_DRAIN", "1h"));
        for (int i = 0; i + 1 < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    private List<Path> left() throws IOException {
        try (var all = Files.list(directory.resolve("tmp"))) {
            return all.toList();
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM, 15", "INT, 2"})
    void its_folder_is_gone_with_it(String signal, int number) throws Exception {
        try (var server = ServeProcess.with(directory, environment(), List.of("--ephemeral"))) {
            server.said("listening on (http://127\\.0\\.0\\.1:[0-9]+)");
            assertThat(left())
                    .singleElement()
                    .satisfies(it -> assertThat(it.resolve("metadata.db")).exists());
            server.signal(signal);
            assertThat(server.ended()).isEqualTo(128 + number);
        }
        assertThat(left()).isEmpty();
    }

    @Test
    void one_that_cannot_start_leaves_nothing_either() throws Exception {
        var arguments = List.of("--ephemeral", "--host", "192.0.2.1");
        assertThat(ServeProcess.statusOf(directory, environment("ENTREPOT_ALLOW_PLAIN_HTTP", "true"), arguments))
                .isOne();
        assertThat(left()).isEmpty();
    }

    @Test
    void its_root_has_the_key_of_the_environment() throws Exception {
        var settings = environment("AWS_ACCESS_KEY_ID", ID, "AWS_SECRET_ACCESS_KEY", SECRET);
        try (var server = ServeProcess.with(directory, settings, List.of("--ephemeral", "--root-key-from-env"))) {
            assertThat(server.get(new Credentials(ID, SECRET), "/v2/").statusCode())
                    .isEqualTo(200);
            assertThat(server.get(new Credentials(ID, SECRET + "x"), "/v2/").statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void no_key_of_the_environment_is_taken_unasked() throws Exception {
        var settings = environment("AWS_ACCESS_KEY_ID", ID, "AWS_SECRET_ACCESS_KEY", SECRET);
        try (var server = ServeProcess.with(directory, settings, List.of("--ephemeral"))) {
            assertThat(server.get(new Credentials(ID, SECRET), "/v2/").statusCode())
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                    | a-secret-of-twenty-characters | -     | AWS_ACCESS_KEY_ID is not set
            AKIAEXAMPLEEXAMPLEAA | -                             | -     | AWS_SECRET_ACCESS_KEY is not set
            AKIAEXAMPLEEXAMPLEAA | only-19-characters-           | -     | AWS_SECRET_ACCESS_KEY must have 20 to 128
            AKIAEXAMPLEEXAMPLEAA | 'with white space in the middle' | -  | AWS_SECRET_ACCESS_KEY must have 20 to 128
            a-secret-of-twenty-c | AKIAEXAMPLEEXAMPLEAA          | -     | AWS_ACCESS_KEY_ID must have 16 to 128
            test                 | a-secret-of-twenty-characters | -     | AWS_ACCESS_KEY_ID must have 16 to 128
            AKIAEXAMPLEEXAMPLEAA | a-secret-of-twenty-characters | token | AWS_SESSION_TOKEN is set
            """)
    void a_key_that_is_none_is_refused_and_not_told(String id, String secret, String token, String words)
            throws Exception {
        var given = new ArrayList<String>();
        add(given, "AWS_ACCESS_KEY_ID", id);
        add(given, "AWS_SECRET_ACCESS_KEY", secret);
        add(given, "AWS_SESSION_TOKEN", token);
        var arguments = List.of("--ephemeral", "--root-key-from-env");

        assertThat(ServeProcess.statusOf(directory, environment(given.toArray(String[]::new)), arguments))
                .isEqualTo(2);
        var said = Files.readString(directory.resolve("err"));
        assertThat(said).contains("--root-key-from-env: " + words);
        assertThat(said).doesNotContain(String.valueOf(secret)).doesNotContain(String.valueOf(id));
        assertThat(left()).isEmpty();
    }

    private static void add(List<String> given, String name, String value) {
        if (value != null) {
            given.addAll(List.of(name, value));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--ephemeral --data data, leave --data out",
        "--port 0 --root-key-from-env, is for --ephemeral alone",
    })
    void what_contradicts_it_is_refused(String arguments, String words) throws Exception {
        assertThat(ServeProcess.statusOf(directory, environment(), List.of(arguments.split(" "))))
                .isEqualTo(2);
        assertThat(Files.readString(directory.resolve("err"))).contains(words);
    }

    @Test
    void what_lasts_elsewhere_is_refused() throws Exception {
        var settings = environment("ENTREPOT_BLOBS_TYPE", "s3", "ENTREPOT_BLOBS_BUCKET", "bucket");
        assertThat(ServeProcess.statusOf(directory, settings, List.of("--ephemeral")))
                .isEqualTo(2);
        assertThat(Files.readString(directory.resolve("err"))).contains("blobs.type must be disk");
        assertThat(left()).isEmpty();
    }
}
