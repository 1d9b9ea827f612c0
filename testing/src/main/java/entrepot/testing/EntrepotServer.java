package entrepot.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A registry in a process of its own, with a key of its own, in a folder that is gone when it is closed.
public final class EntrepotServer implements AutoCloseable {

    /// The region of the registry that the key opens.
    public static final String REGION = "us-east-1";

    private static final String COMMAND = "ENTREPOT_COMMAND";
    private static final String LISTENING = "listening on ";

    private final Process process;
    private final Key key;
    private final URI endpoint;

    private EntrepotServer(Process process, Key key, URI endpoint) {
        this.process = process;
        this.key = key;
        this.endpoint = endpoint;
    }

    /// An access key of the root, who may do everything.
    public record Key(String id, String secret) {
        static Key random() {
            var bytes = new byte[28];
            new SecureRandom().nextBytes(bytes);
            var hex = HexFormat.of().formatHex(bytes);
            return new Key("AKIA" + hex.substring(0, 16).toUpperCase(Locale.ROOT), hex.substring(16));
        }

        /// Without the secret.
        @Override
        public String toString() {
            return "Key[" + id + "]";
        }
    }

    /// Starts one with the program that the property `entrepot.command` or the variable `ENTREPOT_COMMAND` names, else
    /// `entrepot` in the path. Returns when it listens.
    ///
    /// @param seed what it is to have, as `entrepot serve --seed` reads it; null for nothing
    /// @throws IOException if it does not start; it has said why on stderr
    public static EntrepotServer start(@Nullable Path seed) throws IOException {
        return start(command(), seed);
    }

    /// The same.
    ///
    /// @param command the program, and what goes before its own arguments
    public static EntrepotServer start(List<String> command, @Nullable Path seed) throws IOException {
        var key = Key.random();
        var process = launch(arguments(command, seed), key);
        try {
            return new EntrepotServer(process, key, endpoint(process));
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static List<String> command() {
        var told = System.getProperty("entrepot.command", System.getenv(COMMAND));
        return List.of(told == null ? "entrepot" : told);
    }

    private static List<String> arguments(List<String> command, @Nullable Path seed) {
        var all = new ArrayList<>(command);
        all.addAll(List.of("serve", "--ephemeral", "--root-key-from-env"));
        if (seed != null) {
            all.addAll(List.of("--seed", seed.toString()));
        }
        return all;
    }

    private static Process launch(List<String> arguments, Key key) throws IOException {
        var builder = new ProcessBuilder(arguments).redirectError(Redirect.INHERIT);
        var environment = builder.environment();
        environment.remove("AWS_SESSION_TOKEN");
        environment.remove(COMMAND); // the server would take it for a key of its configuration
        environment.putAll(Map.of("AWS_ACCESS_KEY_ID", key.id(), "AWS_SECRET_ACCESS_KEY", key.secret()));
        return builder.start();
    }

    private static URI endpoint(Process process) throws IOException {
        var said = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(LISTENING)) {
                Thread.ofVirtual().start(() -> said.lines().forEach(_ -> {})); // whatever it says later
                return URI.create(line.substring(LISTENING.length()));
            }
        }
        throw new IOException("entrepot did not start");
    }

    /// Where AWS's clients call it.
    public URI endpoint() {
        return endpoint;
    }

    /// What the names of its images begin with, such as `127.0.0.1:40000`.
    public String host() {
        return endpoint.getAuthority();
    }

    public Key key() {
        return key;
    }

    /// Returns when it has ended, and nothing is left of it.
    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(60, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
