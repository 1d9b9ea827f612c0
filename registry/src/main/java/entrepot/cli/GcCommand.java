package entrepot.cli;

import entrepot.config.Config;
import entrepot.config.Durations;
import entrepot.folder.DataFolder;
import entrepot.job.GarbageCounts;
import entrepot.job.GarbagePass;
import entrepot.server.GarbageCommands;
import entrepot.server.GarbageCommands.Mode;
import entrepot.server.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Tells what waits to be collected, or collects, through the server that runs on the data folder, or by itself where
/// none does.
@Command(
        name = "gc",
        description = {
            "Tells what nobody uses any more, or deletes it. Layers that no image of their repository names go after",
            "the grace period by themselves, while the registry runs; this need not be called."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class GcCommand implements Callable<Integer> {

    private static final List<String> FORMATS = List.of("text", "json");

    @ArgGroup(exclusive = true, multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private Asked asked;

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            description = "How long it must have been in nobody's use, in place of gc.grace; 0s for at once.")
    private @Nullable String grace;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "text or json.")
    @SuppressWarnings("NullAway.Init") // has a default
    private String format;

    @Option(names = "--data", paramLabel = "DIR", description = "The registry's data folder.")
    private @Nullable String data;

    @Option(names = "--config", paramLabel = "FILE", defaultValue = "${env:ENTREPOT_CONFIG}")
    private @Nullable Path file;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    /// One of them.
    static final class Asked {

        @Option(names = "--status", description = "What waits, since when, and what was freed and failed so far.")
        private boolean status;

        @Option(names = "--dry-run", description = "What a pass would free now.")
        private boolean dryRun;

        @Option(names = "--now", description = "Runs a pass, and waits for its end.")
        private boolean now;

        Mode mode() {
            var otherwise = dryRun && !status ? Mode.DRY_RUN : Mode.STATUS;
            return now ? Mode.NOW : otherwise;
        }
    }

    @Override
    public Integer call() throws IOException {
        var arguments = List.of(asked.mode().name(), format(), given());
        var config = Config.load(data == null ? Map.of() : Map.of("data", data), System.getenv(), file);
        var out = spec.commandLine().getOut();
        new Awaited(this::note).lines(() -> lines(config, arguments)).forEach(out::println);
        out.flush();
        return 0;
    }

    private String format() {
        if (!FORMATS.contains(format)) {
            throw new ParameterException(spec.commandLine(), "--format is text or json");
        }
        return format;
    }

    private String given() {
        if (grace == null) {
            return "";
        }
        if (asked.mode() == Mode.STATUS) {
            throw new ParameterException(spec.commandLine(), "--grace goes with --now or --dry-run");
        }
        try {
            return Durations.parseOrNone(grace).toString();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--grace " + e.getMessage(), e);
        }
    }

    private List<String> lines(Config config, List<String> arguments) throws IOException {
        var answer = new RunningRegistry(config.storage().data()).ask(GarbageCommands.NAME, arguments);
        if (answer.isPresent()) {
            return answer.get();
        }
        return asked.mode() == Mode.NOW ? owning(config, arguments) : reading(config, arguments);
    }

    private static List<String> reading(Config config, List<String> arguments) throws IOException {
        try (var stores = Stores.read(config.storage())) {
            return commands(config, stores).run(arguments);
        }
    }

    private List<String> owning(Config config, List<String> arguments) throws IOException {
        if (!Stores.exist(config.storage())) {
            throw new IOException(config.storage().data() + " is not the data folder of a registry");
        }
        try (var folder = DataFolder.own(config.storage().data(), Instant.now());
                var stores = Stores.own(config.storage(), folder)) {
            var commands = commands(config, stores);
            return new Awaited(this::note).lines(() -> commands.run(arguments));
        }
    }

    /// Not among what was asked for, which may be one document.
    private void note(String line) {
        var err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }

    private static GarbageCommands commands(Config config, Stores stores) {
        var rules = config.rules().garbage();
        var pass =
                new GarbagePass(stores.metadata(), stores.blobs(), InstantSource.system(), rules, new GarbageCounts());
        return new GarbageCommands(pass, () -> false);
    }
}
