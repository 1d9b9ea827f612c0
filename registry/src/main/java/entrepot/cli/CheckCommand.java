package entrepot.cli;

import entrepot.check.Check;
import entrepot.config.Storage;
import entrepot.server.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
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

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "The folder to check.")
    @SuppressWarnings("NullAway.Init") // required
    private Path data;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        try (var stores = Stores.read(Storage.in(data))) {
            var summary = new Check(stores.metadata(), stores.blobs(), out::println).run();
            out.println(words(summary));
            return summary.problems() == 0 ? 0 : 1;
        }
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
