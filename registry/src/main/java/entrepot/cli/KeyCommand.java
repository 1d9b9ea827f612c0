package entrepot.cli;

import entrepot.check.KeyUses;
import entrepot.config.Config;
import entrepot.server.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Tells of the keys that repositories of type KMS are encrypted by.
@Command(
        name = "key",
        description = "Lists the keys that repositories are encrypted by.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
final class KeyCommand implements Runnable {

    /// For what there is none of, or what only another key service knows.
    private static final String NONE = "-";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "list?");
    }

    @Command(
            name = "list",
            description = {
                "Prints a line for each key, with tabs between: its id, aliases, state, the repositories of type KMS",
                "that have it, and how many bytes of layers are encrypted by it. Only reads; the registry may run",
                "meanwhile."
            },
            mixinStandardHelpOptions = true)
    int list(
            @Option(names = "--data", paramLabel = "DIR", description = "The registry's data folder.") @Nullable
                    String data,
            @Option(names = "--config", paramLabel = "FILE", defaultValue = "${env:ENTREPOT_CONFIG}") @Nullable
                    Path file)
            throws IOException {
        var config = Config.load(data == null ? Map.of() : Map.of("data", data), System.getenv(), file);
        var out = spec.commandLine().getOut();
        try (var stores = Stores.read(config.storage())) {
            new KeyUses(stores.metadata()).all().forEach(use -> out.println(line(use)));
        }
        out.flush();
        return 0;
    }

    private static String line(KeyUses.Use use) {
        var arn = use.key().value();
        return String.join(
                "\t",
                arn.substring(arn.lastIndexOf('/') + 1),
                joined(use.aliases()),
                use.state() == null ? NONE : use.state().toString(),
                joined(use.repositories()),
                String.valueOf(use.bytes()));
    }

    private static String joined(List<String> names) {
        return names.isEmpty() ? NONE : String.join(",", names);
    }
}
