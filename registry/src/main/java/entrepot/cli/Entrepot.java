package entrepot.cli;

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
        var message = Failures.firstLine(Failures.message(e));
        command.getErr().println("entrepot: %s ('%s --help' helps)".formatted(message, name));
        return Failures.USAGE;
    }

    private static int fail(Exception e, CommandLine command, ParseResult arguments) {
        return Failures.tell(command.getErr(), e);
    }
}
