package entrepot.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// What a shell and `man` are given.
class ShellTest {

    @TempDir
    Path directory;

    private final CommandLine entrepot = Entrepot.commandLine();

    @Test
    void bash_completes_commands_and_options() throws IOException, InterruptedException {
        var script = Files.writeString(directory.resolve("completion"), printed("completion", "bash"));

        assertThat(completed(script, "entrepot", "pro")).containsExactly("probe");
        assertThat(completed(script, "entrepot", "config", "--ch")).containsExactly("--check");
        assertThat(completed(script, "entrepot", "account", "rot")).containsExactly("rotate-root-key");
        assertThat(printed("completion", "zsh")).contains("ZSH_VERSION").isEqualTo(Files.readString(script));
    }

    @Test
    void another_shell_is_refused() {
        assertThat(entrepot.execute("completion", "fish")).isEqualTo(2);
    }

    @Test
    void every_command_has_a_page_with_all_its_options() throws IOException {
        assertThat(entrepot.execute("man", "--to", directory.toString())).isZero();

        for (var command : all(entrepot.getCommandSpec()).toList()) {
            var page = Files.readString(directory.resolve(command.qualifiedName("-") + ".1"));
            assertThat(page).startsWith(".TH \"").contains("\n.SH NAME\n", "\n.SH SYNOPSIS\n", "\n.SH DESCRIPTION\n");
            assertThat(command.options())
                    .filteredOn(option -> !option.hidden())
                    .allSatisfy(option -> assertThat(page)
                            .contains("\\fB" + option.longestName().replace("-", "\\-") + "\\fR"));
            assertThat(page.lines().filter(line -> line.startsWith(".") || line.startsWith("'")))
                    .allMatch(line -> line.matches("\\.(TH .*|SH [A-Z]+|TP|nf|fi)"));
        }
    }

    @Test
    void the_page_of_a_command_within_a_command() {
        assertThat(printed("man", "account", "create")).startsWith(".TH \"ENTREPOT-ACCOUNT-CREATE\" \"1\"");
        assertThat(entrepot.execute("man", "account", "none")).isEqualTo(2);
    }

    private static Stream<CommandSpec> all(CommandSpec command) {
        return Stream.concat(
                Stream.of(command),
                command.subcommands().values().stream().flatMap(each -> all(each.getCommandSpec())));
    }

    private String printed(String... arguments) {
        var out = new StringWriter();
        entrepot.setOut(new PrintWriter(out));
        assertThat(entrepot.execute(arguments)).isZero();
        return out.toString();
    }

    /// As bash asks when somebody has typed this and then the tabulator.
    private static List<String> completed(Path script, String... words) throws IOException, InterruptedException {
        var ask = """
                . "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
                _complete_entrepot; printf '%s\\n' "${COMPREPLY[@]}"
                """;
        var command = Stream.concat(Stream.of("bash", "-c", ask, script.toString()), Stream.of(words))
                .toList();
        var process =
                new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
        var lines = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return lines.stream().map(String::strip).toList();
    }
}
