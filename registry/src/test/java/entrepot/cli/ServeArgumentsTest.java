package entrepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// A start that is read without picocli is the one that picocli would read.
class ServeArgumentsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "serve --data /var/lib/entrepot",
                "serve --data d --host 0.0.0.0 --port 0 --config c.yaml --seed s.yaml",
                "serve --seed s.yaml --config c.yaml --port 5000",
                "serve --ephemeral",
                "serve --ephemeral --root-key-from-env --port 7",
                "serve --root-key-from-env",
            })
    void what_is_plain_is_read_as_picocli_reads_it(String line) {
        assertThat(texts(plain(line, Map.of()).orElseThrow())).isEqualTo(texts(byPicocli(line)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "check --data d",
                "serve --help",
                "serve -h",
                "serve --data=d",
                "serve --data",
                "serve --data d --data e",
                "serve --ephemeral --ephemeral",
                "serve --data --port 1",
                "serve --data @file",
                "serve @file",
                "serve --data \"d\"",
                "serve --unknown 1",
                "serve more",
                "serve --config c\0.yaml",
                "serve --seed s\0.yaml",
                "--version",
            })
    void any_other_line_is_left_to_picocli(String line) {
        assertThat(plain(line, Map.of())).isEmpty();
    }

    @Test
    void the_configuration_is_the_variables_where_none_is_named() {
        var environment = Map.of("ENTREPOT_CONFIG", "there.yaml");

        assertThat(plain("serve", environment).orElseThrow().file()).hasToString("there.yaml");
        assertThat(plain("serve --config here.yaml", environment).orElseThrow().file())
                .hasToString("here.yaml");
        assertThat(plain("serve", Map.of("ENTREPOT_CONFIG", ""))).isEmpty();
        assertThat(plain("serve", Map.of("ENTREPOT_CONFIG", "c\0.yaml"))).isEmpty();
    }

    private static Optional<ServeArguments> plain(String line, Map<String, String> environment) {
        return ServeArguments.plain(line.split(" "), environment);
    }

    private static ServeArguments byPicocli(String line) {
        var parsed = Entrepot.commandLine().parseArgs(line.split(" "));
        return ((ServeCommand) command(parsed).getCommand()).asked();
    }

    private static CommandLine command(CommandLine.ParseResult parsed) {
        return parsed.subcommand().commandSpec().commandLine();
    }

    private static Map<String, String> texts(ServeArguments asked) {
        return Map.of(
                "flags", asked.flags().toString(),
                "file", text(asked.file()),
                "seed", text(asked.seedFile()),
                "ephemeral",
                        asked.ephemeral().isAsked() + " " + asked.ephemeral().isKeyGiven());
    }

    private static String text(@Nullable Object value) {
        return value == null ? "none" : value.toString();
    }
}
