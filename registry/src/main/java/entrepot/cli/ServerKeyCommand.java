package entrepot.cli;

import entrepot.server.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Makes a key that the secrets in the metadata are sealed under.
@Command(
        name = "server-key",
        description = {
            "Makes a new key for server-key-file, which all nodes of a registry are given, and prints it.",
            "Whoever has it and the database can read all secrets; without it nobody can."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ServerKeyCommand implements Callable<Integer> {

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Writes it to this file, for its owner alone, and prints nothing. It must not be there yet.")
    private @Nullable Path out;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (out == null) {
            spec.commandLine().getOut().println(Stores.newServerKey());
            spec.commandLine().getOut().flush();
            return 0;
        }
        if (Files.exists(out)) {
            throw new IOException(out + " is there already");
        }
        Stores.writeServerKey(out);
        return 0;
    }
}
