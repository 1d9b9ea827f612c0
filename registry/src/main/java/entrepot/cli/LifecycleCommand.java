package entrepot.cli;

import entrepot.admin.AdminClient;
import entrepot.config.Config;
import entrepot.folder.DataFolder;
import entrepot.operation.AuditTrail;
import entrepot.server.Audits;
import entrepot.server.LifecycleCommands;
import entrepot.server.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Runs lifecycle policies, through the server that runs on the data folder, or by itself where none does.
@Command(
        name = "lifecycle",
        description = "Runs lifecycle policies now.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
final class LifecycleCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "run?");
    }

    /// Which repository is meant.
    static final class Which {
        @Parameters(
                paramLabel = "REPOSITORY",
                arity = "0..1",
                description = "Default: all repositories that have a policy.")
        private @Nullable String repository;

        @Option(names = "--account", paramLabel = "ID", description = "The registry's (default: the configured one).")
        private @Nullable String account;

        @Option(
                names = "--region",
                paramLabel = "REGION",
                description = "The registry's (default: the configured one).")
        private @Nullable String region;

        private List<String> arguments(Config config) {
            var home = config.registries().home();
            return repository == null
                    ? List.of()
                    : List.of(
                            account == null ? home.account().value() : account,
                            region == null ? home.region() : region,
                            repository);
        }
    }

    @Command(
            name = "run",
            description = {
                "Runs the lifecycle policy of a repository, or of all, and returns when that is done.",
                "Exits with 1 if there is no such repository, or it has no policy."
            },
            mixinStandardHelpOptions = true)
    int runPolicies(
            @Mixin Which which,
            @Option(
                            names = "--dry-run",
                            description = {
                                "Changes nothing, and prints a line for each image that would be acted on, with tabs",
                                "between: its digest, tags, action and rule; before them the repository if none is named."
                            })
                    boolean dryRun,
            @Option(names = "--data", paramLabel = "DIR", description = "The registry's data folder.") @Nullable
                    String data,
            @Option(names = "--config", paramLabel = "FILE", defaultValue = "${env:ENTREPOT_CONFIG}") @Nullable
                    Path file)
            throws IOException {
        var config = Config.load(data == null ? Map.of() : Map.of("data", data), System.getenv(), file);
        if (!Stores.exist(config.storage())) {
            throw new IOException(config.storage().data() + " is not the data folder of a registry");
        }
        if (dryRun) {
            tell(config, which.arguments(config));
        } else {
            lines(config, which.arguments(config)).forEach(spec.commandLine().getOut()::println);
        }
        spec.commandLine().getOut().flush();
        return 0;
    }

    /// Only reads, so it needs no server, and hinders none.
    private void tell(Config config, List<String> arguments) throws IOException {
        try (var stores = Stores.read(config.storage())) {
            LifecycleCommands.with(config, stores.metadata(), AuditTrail.NONE)
                    .tell(arguments, spec.commandLine().getOut()::println);
        }
    }

    private static List<String> lines(Config config, List<String> arguments) throws IOException {
        try (var folder = DataFolder.own(config.storage().data(), Instant.now());
                var metadata = Stores.ownMetadata(config.storage(), folder);
                var audit = Audits.open(config.reports().audit(), InstantSource.system())) {
            return LifecycleCommands.with(config, metadata, audit).run(arguments);
        } catch (DataFolder.InUseException e) {
            return throughServer(config, arguments, e);
        }
    }

    private static List<String> throughServer(Config config, List<String> arguments, DataFolder.InUseException inUse)
            throws IOException {
        var socket = DataFolder.adminSocket(config.storage().data());
        if (!Files.exists(socket)) {
            throw inUse;
        }
        return AdminClient.call(socket, LifecycleCommands.RUN, arguments);
    }
}
