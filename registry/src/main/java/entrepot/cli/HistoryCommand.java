package entrepot.cli;

import entrepot.server.HistoryCommands;
import entrepot.server.Stores;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Tells what happened in a repository. Only reads, so it needs no server, and hinders none.
@Command(
        name = "history",
        description = {
            "Tells what happened in a repository, or to one of its tags, oldest first: a line for each event, with tabs",
            "between time, event, tag, digest and who did it. Exits with 1 if there was never such a repository, and",
            "where history.keep is 0."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class HistoryCommand implements Callable<Integer> {

    private static final List<String> FORMATS = List.of("text", "json");

    @Parameters(paramLabel = "REPOSITORY[:TAG]")
    @SuppressWarnings("NullAway.Init") // required
    private String which;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "text or json.")
    @SuppressWarnings("NullAway.Init") // has a default
    private String format;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private Repositories where;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!FORMATS.contains(format)) {
            throw new ParameterException(spec.commandLine(), "--format is text or json");
        }
        var config = where.config();
        var registry = where.registry(config);
        var out = spec.commandLine().getOut();
        try (var stores = Stores.read(config.storage())) {
            HistoryCommands.with(config, stores.metadata())
                    .tell(HistoryCommands.registry(registry), which, format.equals("json"), out::println);
        } finally {
            out.flush();
        }
        return 0;
    }
}
