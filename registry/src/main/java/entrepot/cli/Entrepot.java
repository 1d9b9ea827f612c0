package entrepot.cli;

import entrepot.config.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/// The command line: `entrepot <command>`. Exits with 0, with 2 for what the user wrote wrong, with 1 for the rest.
@Command(
        name = "entrepot",
        description = "A container registry that speaks Amazon ECR's API and the OCI distribution API.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServeCommand.class,
            HealthCommand.class,
            CheckCommand.class,
            ConfigCommand.class,
            AccountCommand.class,
            KeyCommand.class,
            LifecycleCommand.class,
            JobsCommand.class,
            GcCommand.class,
            HistoryCommand.class,
            UndeleteCommand.class,
            EventsCommand.class,
            ServerKeyCommand.class,
            MoveCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            ProbeCommand.class,
            CompletionCommand.class,
            ManCommand.class
        },
        footer = {"", "'entrepot COMMAND --help' tells all about a command."})
public final class Entrepot implements Runnable {

    private static final int USAGE = 2;
    private static final int FAILURE = 1;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    private Entrepot() {}

    /// Runs a command. Returns the exit code.
    public static int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Entrepot())
                .setParameterExceptionHandler(Entrepot::refuse)
                .setExecutionExceptionHandler(Entrepot::fail);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }

    private static int refuse(ParameterException e, String[] arguments) {
        var command = e.getCommandLine();
        var name = command.getCommandSpec().qualifiedName();
        command.getErr().println("entrepot: %s ('%s --help' helps)".formatted(firstLine(message(e)), name));
        return USAGE;
    }

    /// Says on one line what went wrong.
    static void tell(CommandLine command, Exception e) {
        command.getErr().println("entrepot: " + firstLine(message(e)));
        command.getErr().flush();
        if (!isExpected(e)) {
            LoggerFactory.getLogger(Entrepot.class).error("this should not happen", e);
        }
    }

    private static int fail(Exception e, CommandLine command, ParseResult arguments) {
        tell(command, e);
        return e instanceof ConfigException ? USAGE : FAILURE;
    }

    private static boolean isExpected(Exception e) {
        return e instanceof ConfigException || e instanceof IOException || e instanceof UncheckedIOException;
    }

    private static String message(Throwable e) {
        return switch (e) {
            case UncheckedIOException wrapper when wrapper.getCause() != null -> message(wrapper.getCause());
            case FileSystemException file when file.getReason() == null -> file.getFile() + ": " + kind(file);
            case IOException io when io.getCause() != null -> io.getMessage() + ": " + message(io.getCause());
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    }

    /// The JDK says only in the class's name what is wrong with a file.
    private static String kind(FileSystemException e) {
        return e.getClass().getSimpleName().replace("Exception", "");
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }
}
