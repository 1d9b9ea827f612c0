package entrepot.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Manual pages.
@Command(
        name = "man",
        description = "Prints the manual page of a command, or writes those of all.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "To read one:      entrepot man serve | man -l -",
            "To install all:   entrepot man --to /usr/local/share/man/man1"
        })
final class ManCommand implements Callable<Integer> {

    @Option(names = "--to", paramLabel = "DIR", description = "Writes a file for each command into this folder.")
    private @Nullable Path to;

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "Such as serve, or account create.")
    private List<String> command = new ArrayList<>();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var asked = asked();
        if (to == null) {
            var out = spec.commandLine().getOut();
            out.print(new ManPage(asked).roff());
            out.flush();
            return 0;
        }
        Files.createDirectories(to);
        for (var each : below(asked).toList()) {
            var page = new ManPage(each);
            Files.writeString(to.resolve(page.name() + ".1"), page.roff());
        }
        return 0;
    }

    private CommandSpec asked() {
        var found = spec.root();
        for (var word : command) {
            var next = found.subcommands().get(word);
            if (next == null) {
                throw new ParameterException(spec.commandLine(), "there is no command " + String.join(" ", command));
            }
            found = next.getCommandSpec();
        }
        return found;
    }

    private static Stream<CommandSpec> below(CommandSpec command) {
        return Stream.concat(
                Stream.of(command),
                command.subcommands().values().stream().flatMap(each -> below(each.getCommandSpec())));
    }
}
