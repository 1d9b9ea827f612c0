package entrepot.cli;

import entrepot.check.Check;
import entrepot.config.Config;
import entrepot.config.Storage;
import entrepot.server.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Says whether everything that is stored is whole.
@Command(
        name = "check",
        description = {
            "Checks that everything stored is whole: every tag has its manifest, every manifest its own bytes and all",
            "that it names, every blob its own bytes. Only reads; the registry may run meanwhile.",
            "Prints a line for each problem and a summary. Exits with 1 if there is any problem."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class CheckCommand implements Callable<Integer> {

    @Option(names = "--data", paramLabel = "DIR", description = "The registry's data folder.")
    private @Nullable String data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "${env:ENTREPOT_CONFIG}",
            description =
                    "Says where everything is kept that is not in the folder (default: $ENTREPOT_CONFIG, else none).")
    private @Nullable Path file;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        try (var stores = Stores.read(storage())) {
            var summary = new Check(stores.metadata(), stores.vault(), out::println).run();
            out.println(words(summary));
            return summary.problems() == 0 ? 0 : 1;
        }
    }

    private Storage storage() {
        return Config.load(data == null ? Map.of() : Map.of("data", data), System.getenv(), file)
                .storage();
    }

    private static String words(Check.Summary summary) {
        return String.format(
                Locale.ROOT,
                "checked %,d repositories, %,d manifests, %,d blobs (%,d bytes): %s",
                summary.repositories(),
                summary.images(),
                summary.blobs(),
                summary.bytes(),
                summary.problems() == 0 ? "no problems" : summary.problems() + " problem(s)");
    }
}
