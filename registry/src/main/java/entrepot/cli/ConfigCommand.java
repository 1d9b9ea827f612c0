package entrepot.cli;

import entrepot.config.ConfigCheck;
import entrepot.config.Defaults;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Tells of configurations, and starts nothing.
@Command(
        name = "config",
        description = {
            "Looks at a configuration before a server does, or shows the one that holds where nothing is said.",
            "The exit status of --check is 1 where something is wrong."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ConfigCommand implements Callable<Integer> {

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private What what;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    /// One of them.
    static final class What {

        @Option(
                names = "--check",
                paramLabel = "FILE",
                description = "Prints a line for each fault of the file, and of the variables beside it: the file, its"
                        + " line, the key, and what is allowed.")
        private @Nullable Path check;

        @Option(
                names = "--print-defaults",
                description = "Prints every key with the value that it has where nothing is said, in YAML.")
        private boolean printDefaults;
    }

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        try {
            var file = what.check;
            if (file != null) {
                return check(out, file);
            }
            if (what.printDefaults) {
                out.print(Defaults.yaml());
            }
            return 0;
        } finally {
            out.flush();
        }
    }

    private static int check(PrintWriter out, Path file) {
        var problems = ConfigCheck.problems(System.getenv(), file);
        problems.forEach(out::println);
        out.println(problems.isEmpty() ? "no problems" : problems.size() + " problem(s)");
        return problems.isEmpty() ? 0 : 1;
    }
}
