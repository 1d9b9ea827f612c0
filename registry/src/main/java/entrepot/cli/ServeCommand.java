package entrepot.cli;

import java.io.IOException;
import java.nio.file.Path;
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
        var line = spec.commandLine();
        new Serve(asked(), line.getOut(), line.getErr()).run();
        return 0;
    }

    ServeArguments asked() {
        return new ServeArguments(data, host, port, file, seedFile, ephemeral);
    }
}
