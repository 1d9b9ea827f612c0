package entrepot.cli;

import entrepot.config.Config;
import entrepot.folder.DataFolder;
import entrepot.server.EventCommands;
import entrepot.server.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Tells how those fare who are told of events, or has events be told again, through the server that runs on the data
/// folder, or by itself where none does.
@Command(
        name = "events",
        description = {
            "Tells how the targets of events fare, or has events be delivered again that were. They are delivered while",
            "the registry runs."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class EventsCommand implements Callable<Integer> {

    @ArgGroup(exclusive = true, multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private Asked asked;

    @Option(names = "--data", paramLabel = "DIR", description = "The registry's data folder.")
    private @Nullable String data;

    @Option(names = "--config", paramLabel = "FILE", defaultValue = "${env:ENTREPOT_CONFIG}")
    private @Nullable Path file;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    /// One of them.
    static final class Asked {

        @Option(
                names = "--status",
                description = {
                    "A line for each target, with tabs between: its address, how many events wait, when the oldest of",
                    "them happened, and when and why a delivery failed last."
                })
        private boolean status;

        @Option(
                names = "--replay",
                paramLabel = "FROM",
                description = "Delivers again what happened from a time (RFC 3339) or an event's id on, in order.")
        private @Nullable String from;
    }

    @Override
    public Integer call() throws IOException {
        var arguments = asked.status || asked.from == null ? List.<String>of() : List.of(asked.from);
        var config = Config.load(data == null ? Map.of() : Map.of("data", data), System.getenv(), file);
        var out = spec.commandLine().getOut();
        lines(config, arguments).forEach(out::println);
        out.flush();
        return 0;
    }

    private static List<String> lines(Config config, List<String> arguments) throws IOException {
        var answer = new RunningRegistry(config.storage().data()).ask(EventCommands.NAME, arguments);
        if (answer.isPresent()) {
            return answer.get();
        }
        return arguments.isEmpty() ? reading(config, arguments) : owning(config, arguments);
    }

    private static List<String> reading(Config config, List<String> arguments) throws IOException {
        try (var stores = Stores.read(config.storage())) {
            return run(config, stores, arguments);
        }
    }

    private static List<String> owning(Config config, List<String> arguments) throws IOException {
        if (!Stores.exist(config.storage())) {
            throw new IOException(config.storage().data() + " is not the data folder of a registry");
        }
        try (var folder = DataFolder.own(config.storage().data(), Instant.now());
                var stores = Stores.own(config.storage(), folder)) {
            return run(config, stores, arguments);
        }
    }

    private static List<String> run(Config config, Stores stores, List<String> arguments) throws IOException {
        return EventCommands.with(config, stores.metadata()).run(arguments);
    }
}
