package entrepot.cli;

import entrepot.check.Check;
import entrepot.check.Orphans;
import entrepot.config.Config;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Says whether everything that is stored is whole.
@Command(
        name = "check",
        description = {
            "Checks that everything stored is whole: every tag has its manifest, every manifest its own bytes and all",
            "that it names, every blob its own bytes. The registry may run meanwhile. A damaged blob is marked: it counts",
            "as not there until it is pushed again. Prints a line for each problem and a summary. Exits with 1 if there is",
            "any problem. One that was cut off goes on where it was."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class CheckCommand implements Callable<Integer> {

    private static final long BESIDE_OTHERS = 100_000_000;

    @Option(names = "--data", paramLabel = "DIR", description = "The registry's data folder.")
    private @Nullable String data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "${env:ENTREPOT_CONFIG}",
            description =
                    "Says where everything is kept that is not in the folder (default: $ENTREPOT_CONFIG, else none).")
    private @Nullable Path file;

    @Option(names = "--read-only", description = "Marks nothing, and begins at the beginning.")
    private boolean readOnly;

    @Option(names = "--anew", description = "Begins at the beginning, wherever the last one was cut off.")
    private boolean anew;

    @Option(
            names = "--rate",
            paramLabel = "BYTES",
            description = "So many bytes of blobs in a second at most; 0 for no bound, which is the default where"
                    + " nobody else uses the registry meanwhile. Otherwise it is 100000000.")
    private @Nullable Long rate;

    @Option(
            names = "--remove-orphans",
            description = "Also removes bytes that no row names, which are older than gc.grace and upload-expiry.")
    private boolean removeOrphans;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (rate != null && rate < 0) {
            throw new ParameterException(spec.commandLine(), "--rate: must be 0 or more");
        }
        if (readOnly && removeOrphans) {
            throw new ParameterException(spec.commandLine(), "--remove-orphans does not go with --read-only");
        }
        var config = Config.load(data == null ? Map.of() : Map.of("data", data), System.getenv(), file);
        var out = spec.commandLine().getOut();
        try (var registry = opened(config, out);
                var progress = MoveProgress.onTerminal(out, "check")) {
            return check(registry, progress);
        } finally {
            out.flush();
        }
    }

    private CheckedRegistry opened(Config config, PrintWriter out) throws IOException {
        if (readOnly) {
            return CheckedRegistry.read(config);
        }
        return removeOrphans ? CheckedRegistry.marked(config) : CheckedRegistry.markedIfItCan(config, out::println);
    }

    private int check(CheckedRegistry registry, MoveProgress progress) throws IOException {
        var stores = registry.stores();
        var how = new Check.How(registry.repair(), bytesInASecond(registry), anew || readOnly, InstantSource.system());
        var summary = new Check(stores.metadata(), stores.vault(), how, progress).run();
        var kept = orphans(registry, progress).look();
        progress.end();
        spec.commandLine().getOut().println(words(summary, summary.problems() + kept));
        return summary.problems() + kept == 0 ? 0 : 1;
    }

    private long bytesInASecond(CheckedRegistry registry) {
        var usual = registry.isAlone() ? 0 : BESIDE_OTHERS;
        return rate == null ? usual : rate;
    }

    private Orphans orphans(CheckedRegistry registry, MoveProgress progress) throws IOException {
        var stores = registry.stores();
        return removeOrphans
                ? Orphans.removed(stores.metadata(), stores.blobs(), progress::say, registry.repair(), Instant.now())
                : Orphans.told(stores.metadata(), stores.blobs(), progress::say);
    }

    private static String words(Check.Summary summary, long problems) {
        return String.format(
                Locale.ROOT,
                "checked %,d repositories, %,d manifests, %,d blobs (%,d bytes): %s",
                summary.repositories(),
                summary.images(),
                summary.blobs(),
                summary.bytes(),
                problems == 0 ? "no problems" : problems + " problem(s)");
    }
}
