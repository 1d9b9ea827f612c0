package entrepot.cli;

import entrepot.config.Config;
import entrepot.server.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Tells how the jobs of a running server fare.
@Command(
        name = "jobs",
        description = {
            "Tells of each job of the running registry when it ran last, how long that took, and what failed."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class JobsCommand implements Callable<Integer> {

    @Option(names = "--data", paramLabel = "DIR", description = "The registry's data folder.")
    private @Nullable String data;

    @Option(names = "--config", paramLabel = "FILE", defaultValue = "${env:ENTREPOT_CONFIG}")
    private @Nullable Path file;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var config = Config.load(data == null ? Map.of() : Map.of("data", data), System.getenv(), file);
        var out = spec.commandLine().getOut();
        lines(config.storage().data()).forEach(out::println);
        out.flush();
        return 0;
    }

    private static List<String> lines(Path data) throws IOException {
        return new RunningRegistry(data)
                .ask(Server.JOBS, List.of())
                .orElseThrow(() -> new IOException("no registry runs on " + data));
    }
}
