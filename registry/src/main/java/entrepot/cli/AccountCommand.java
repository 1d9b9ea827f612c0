package entrepot.cli;

import entrepot.admin.AdminClient;
import entrepot.auth.NewKeys;
import entrepot.config.Config;
import entrepot.folder.DataFolder;
import entrepot.operation.AuditTrail;
import entrepot.provision.AccountCommands;
import entrepot.provision.Ledger;
import entrepot.server.Audits;
import entrepot.server.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Looks after accounts, through the server that runs on the data folder, or by itself where none does.
@Command(
        name = "account",
        description = "Makes accounts, lists them, and gives their roots new keys.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
final class AccountCommand implements Runnable {

    private static final InstantSource CLOCK = InstantSource.system();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "create, list or rotate-root-key?");
    }

    @Command(
            name = "create",
            description = "Makes an account. The keys of its root are appended to DIR/credentials, as profile [ID].",
            mixinStandardHelpOptions = true)
    int create(
            @Parameters(paramLabel = "ID", description = "Twelve digits.") String id,
            @Option(names = "--data", paramLabel = "DIR", description = "The registry's data folder.") @Nullable
                    String data,
            @Option(names = "--config", paramLabel = "FILE", defaultValue = "${env:ENTREPOT_CONFIG}") @Nullable
                    Path file)
            throws IOException {
        return call(data, file, AccountCommands.CREATE, List.of(id));
    }

    @Command(name = "list", description = "Prints the ids of all accounts.", mixinStandardHelpOptions = true)
    int list(
            @Option(names = "--data", paramLabel = "DIR", description = "The registry's data folder.") @Nullable
                    String data,
            @Option(names = "--config", paramLabel = "FILE", defaultValue = "${env:ENTREPOT_CONFIG}") @Nullable
                    Path file)
            throws IOException {
        return call(data, file, AccountCommands.LIST, List.of());
    }

    @Command(
            name = "rotate-root-key",
            description = "Makes a new key for an account's root in DIR/credentials. All its other keys are dead.",
            mixinStandardHelpOptions = true)
    int rotate(
            @Parameters(paramLabel = "ID", arity = "0..1", description = "Default: the configured account.") @Nullable
                    String id,
            @Option(names = "--data", paramLabel = "DIR", description = "The registry's data folder.") @Nullable
                    String data,
            @Option(names = "--config", paramLabel = "FILE", defaultValue = "${env:ENTREPOT_CONFIG}") @Nullable
                    Path file)
            throws IOException {
        return call(data, file, AccountCommands.ROTATE, id == null ? List.of() : List.of(id));
    }

    private int call(@Nullable String data, @Nullable Path file, String command, List<String> arguments)
            throws IOException {
        var config = Config.load(data == null ? Map.of() : Map.of("data", data), System.getenv(), file);
        if (!Stores.exist(config.storage())) {
            throw new IOException(config.storage().data() + " is not the data folder of a registry");
        }
        var out = spec.commandLine().getOut();
        lines(config, command, arguments).forEach(out::println);
        out.flush();
        return 0;
    }

    private static List<String> lines(Config config, String command, List<String> arguments) throws IOException {
        try (var folder = DataFolder.own(config.storage().data(), Instant.now());
                var metadata = Stores.ownMetadata(config.storage(), folder);
                var audit = audit(config, command)) {
            var home = config.registries().home();
            var ledger = Ledger.of(audit, home.region());
            var keys = new NewKeys(new SecureRandom());
            return new AccountCommands(metadata, folder.credentials(), home, keys, CLOCK, ledger)
                    .run(command, arguments);
        } catch (DataFolder.InUseException e) {
            return throughServer(config, command, arguments, e);
        }
    }

    /// Reading tells it nothing.
    private static AuditTrail audit(Config config, String command) throws IOException {
        return command.equals(AccountCommands.LIST)
                ? AuditTrail.NONE
                : Audits.open(config.reports().audit(), CLOCK);
    }

    private static List<String> throughServer(
            Config config, String command, List<String> arguments, DataFolder.InUseException inUse) throws IOException {
        var socket = DataFolder.adminSocket(config.storage().data());
        if (!Files.exists(socket)) {
            throw inUse;
        }
        return AdminClient.call(socket, command, arguments);
    }
}
