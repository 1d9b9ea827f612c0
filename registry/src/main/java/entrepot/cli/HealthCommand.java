package entrepot.cli;

import entrepot.config.Config;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Asks the server of this machine how it fares, for supervisors that run a command.
@Command(
        name = "health",
        description = {
            "Asks the server that is configured as this command is, whether it is ready. The status is 0 if it is, else 1.",
            "For engines that run a command in the container; whoever can ask GET /readyz has it cheaper."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class HealthCommand implements Callable<Integer> {

    private static final int TIMEOUT = Math.toIntExact(Duration.ofSeconds(4).toMillis());

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "${env:ENTREPOT_CONFIG}",
            description = "The configuration, in YAML (default: $ENTREPOT_CONFIG, else none).")
    private @Nullable Path file;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port that the server listens on, if serve was told so.")
    private @Nullable String port;

    @Option(
            names = "--live",
            description = "Only whether it answers, whatever its database and its blobs do (GET /healthz).")
    private boolean isLife;

    @Override
    public Integer call() throws IOException {
        var flags = port == null ? Map.<String, String>of() : Map.of("port", port);
        var listening = Config.load(flags, System.getenv(), file).listening();
        var host = listening.host().matches("0\\.0\\.0\\.0|::|\\[::]") ? "127.0.0.1" : listening.host();
        var place = new Addresses.Place(listening.scheme(), host, listening.port());
        var url = URI.create(place + (isLife ? "/healthz" : "/readyz"));
        var status = status(url);
        if (status != HttpURLConnection.HTTP_OK) {
            throw new IOException("%s answers %d".formatted(url, status));
        }
        return 0;
    }

    private static int status(URI url) throws IOException {
        var connection = (HttpURLConnection) url.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT);
        connection.setReadTimeout(TIMEOUT);
        if (connection instanceof HttpsURLConnection secure) {
            trustAnything(secure);
        }
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    /// The certificate is for the name that clients call. Nothing secret is sent, and nothing but a status believed.
    private static void trustAnything(HttpsURLConnection connection) throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyCertificate()}, null);
            connection.setSSLSocketFactory(context.getSocketFactory());
            connection.setHostnameVerifier((_, _) -> true);
        } catch (GeneralSecurityException e) {
            throw new IOException("no TLS", e);
        }
    }
}
