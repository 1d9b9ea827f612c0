package entrepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.server.RunningServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `entrepot config` and `entrepot probe`, by their output and status.
class ConfigAndProbeTest {

    private static final String KEY = "aws.accessKeyId";
    private static final String SECRET = "aws.secretAccessKey";

    private record Ended(int code, String out, String err) {}

    @TempDir
    Path directory;

    @AfterEach
    void forget_the_key() {
        System.clearProperty(KEY);
        System.clearProperty(SECRET);
    }

    @Test
    void a_configuration_is_looked_at_before_a_server_does() throws IOException {
        var file = directory.resolve("entrepot.yaml");
        var defaults = ended("config", "--print-defaults");
        Files.writeString(file, defaults.out());
        assertThat(defaults.code()).isZero();
        assertThat(ended("config", "--check", file.toString())).isEqualTo(new Ended(0, "no problems\n", ""));

        Files.writeString(file, "port: 5000\ncompat: docker\n");
        var fault = file + ":2: compat: docker is not allowed; it must be oci or ecr\n";
        assertThat(ended("config", "--check", file.toString())).isEqualTo(new Ended(1, fault + "1 problem(s)\n", ""));
        assertThat(ended("serve", "--config=" + file)).isEqualTo(new Ended(2, "", "entrepot: " + fault));
    }

    @Test
    void one_of_both_is_asked_of_a_configuration() {
        assertThat(ended("config").code()).isEqualTo(2);
        assertThat(ended("config", "--print-defaults", "--check", "file").code())
                .isEqualTo(2);
    }

    @Test
    void a_probe_tells_what_differs() throws IOException {
        try (var server = RunningServer.start(directory, Map.of())) {
            System.setProperty(KEY, server.rootKey().id());
            System.setProperty(SECRET, server.rootKey().secret());

            var probe = ended("probe", "--endpoint=" + server.url(""));
            assertThat(probe.code()).isEqualTo(1);
            assertThat(probe.out())
                    .contains("| operation | asked | ECR | here |\n")
                    .contains("| GET tags/list | n=1001 | 405 UNSUPPORTED | 404 NAME_UNKNOWN |\n")
                    .containsPattern("[0-9]+ answers, [0-9]+ different from ECR's\n$");
        }
    }

    @Test
    void what_cannot_be_probed_is_told() {
        System.setProperty(KEY, "AKIAAAAAAAAAAAAAAAAA");
        System.setProperty(SECRET, "secret");

        assertThat(ended("probe", "--endpoint=http://127.0.0.1:9").code()).isEqualTo(2);
        assertThat(ended("probe", "--endpoint=ftp://here"))
                .isEqualTo(new Ended(
                        2,
                        "",
                        "entrepot: --endpoint: must be an address such as http://localhost:5000"
                                + " ('entrepot probe --help' helps)\n"));
        assertThat(ended("probe", "--endpoint=http://localhost:9", "--timeout=x")
                        .code())
                .isEqualTo(2);
    }

    private static Ended ended(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var code = Entrepot.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Ended(code, out.toString(), err.toString());
    }
}
