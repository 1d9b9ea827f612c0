package entrepot.cli;

import entrepot.admin.AdminClient;
import entrepot.config.Config;
import entrepot.folder.DataFolder;
import entrepot.server.Server;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    private static final Logger LOG = LoggerFactory.getLogger(JobsCommand.class);

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

    /// The socket of a registry that was killed is still there.
    private static List<String> lines(Path data) throws IOException {
        var socket = DataFolder.adminSocket(data);
        try {
            if (Files.exists(socket)) {
                return AdminClient.call(socket, Server.JOBS, List.of());
            }
        } catch (ConnectException e) {
            LOG.debug("nobody listens on {}", socket, e);
        }
        throw new IOException("no registry runs on " + data);
    }
}
