package entrepot.cli;

import entrepot.config.Config;
import entrepot.config.ConfigException;
import entrepot.config.Seed;
import entrepot.folder.DataFolder;
import entrepot.server.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Runs the registry until the process is told to end.
@Command(
        name = "serve",
        description = "Runs the registry until it gets SIGTERM or SIGINT.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Every key of the configuration file is an environment variable too: ENTREPOT_ and the key in upper",
            "case, with _ for - and between levels (limits.layer-bytes: ENTREPOT_LIMITS_LAYER_BYTES).",
            "A flag goes before a variable, a variable before the file. README.md has the table of all keys."
        })
final class ServeCommand implements Callable<Integer> {

    /// Read by logback.xml when the first logger is asked for, so it is set before that.
    private static final String LOG_FORMAT = "entrepot.log.format";

    @Option(names = "--data", paramLabel = "DIR", description = "The folder that holds everything (default: ./data).")
    private @Nullable String data;

    @Option(names = "--host", paramLabel = "HOST", description = "The address to listen on (default: 127.0.0.1).")
    private @Nullable String host;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port to listen on (default: 5000); 0 takes any free one.")
    private @Nullable String port;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "${env:ENTREPOT_CONFIG}",
            description = "The configuration, in YAML (default: $ENTREPOT_CONFIG, else none).")
    private @Nullable Path file;

    @Option(
            names = "--seed",
            paramLabel = "FILE",
            description = {
                "What the registry is to have before it listens, in YAML: repositories with their settings, policies and",
                "images, users. What is there already stays (docs/testing.md)."
            })
    private @Nullable Path seedFile;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private Ephemeral ephemeral;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var flags = flags();
        ephemeral.refuseContradictions(flags);
        if (!ephemeral.isAsked()) {
            serve(Config.load(flags, System.getenv(), file), () -> {});
        } else {
            serveFor(TemporaryFolder.make(), flags);
        }
        Thread.sleep(Long.MAX_VALUE);
        return 0;
    }

    private void serveFor(TemporaryFolder temporary, Map<String, String> flags)
            throws IOException, InterruptedException {
        try {
            var environment = ephemeral.environment(System.getenv());
            var config = Config.load(ephemeral.flags(flags, temporary.path()), environment, file);
            Ephemeral.refuseWhatLasts(config);
            serve(config, temporary::leave);
        } catch (IOException | InterruptedException | RuntimeException e) {
            temporary.leave();
            throw e;
        }
    }

    private void serve(Config given, Runnable closed) throws IOException, InterruptedException {
        var seed = seedFile == null ? Seed.NONE : Seed.read(seedFile, System.getenv());
        var config = given.declaring(seed.accounts(given.registries().account()));
        System.setProperty(LOG_FORMAT, config.reports().log().name().toLowerCase(Locale.ROOT));
        var folder = DataFolder.own(config.storage().data(), Instant.now());
        try {
            Seeding.apply(seed, config, folder);
            start(config, folder, closed);
        } catch (ConfigException e) {
            folder.close();
            throw seed.located(e);
        } catch (IOException | InterruptedException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private void start(Config config, DataFolder folder, Runnable closed) throws IOException {
        var server = Server.start(config, folder, this::failed);
        try {
            var addresses = new Addresses(config, server.port());
            folder.announce(addresses.listening());
            Shutdown.closeAtExit(server, folder, config.listening().drain(), closed);
            Signals.hear(server::hasten);
            print(addresses, folder, server.metricsPort());
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /// What was waited for came, and is not what it should be.
    private void failed(Exception e) {
        Entrepot.tell(spec.commandLine(), e);
        System.exit(1);
    }

    private Map<String, String> flags() {
        var flags = new LinkedHashMap<String, String>();
        put(flags, "data", data);
        put(flags, "host", host);
        put(flags, "port", port);
        return flags;
    }

    private static void put(Map<String, String> flags, String key, @Nullable String value) {
        if (value != null) {
            flags.put(key, value);
        }
    }

    private void print(Addresses addresses, DataFolder folder, OptionalInt metricsPort) {
        var out = spec.commandLine().getOut();
        out.println(addresses.welcome(folder.credentials().path()));
        metricsPort.ifPresent(number -> out.println("metrics on " + addresses.metrics(number)));
        out.println("listening on " + addresses.listening());
        out.flush();
    }
}
