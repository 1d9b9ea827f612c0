package entrepot.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.config.Config;
import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import entrepot.folder.CredentialsFile;
import entrepot.folder.DataFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.EcrClientBuilder;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;

/// A whole server on a free port, and its two doors as clients come to them: the AWS SDK, and plain HTTP with a login.
public final class RunningServer implements AutoCloseable {

    private final DataFolder folder;
    private final Server server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final EcrClient ecr;
    private final String login;

    private RunningServer(DataFolder folder, Server server) throws IOException {
        this.folder = folder;
        this.server = server;
        awaitReady();
        this.ecr = client().build();
        this.login = ecr.getAuthorizationToken().authorizationData().getFirst().authorizationToken();
    }

    public static RunningServer start(Path data, Map<String, String> settings) throws IOException {
        return start(data, settings, null);
    }

    /// The same, with a file of the configuration for what stands there only.
    public static RunningServer start(Path data, Map<String, String> settings, @Nullable Path file) throws IOException {
        var flags = new HashMap<>(settings);
        flags.put("data", data.toString());
        flags.put("port", "0");
        var folder = DataFolder.own(data, Instant.now());
        try {
            return new RunningServer(folder, Server.start(Config.load(flags, Map.of(), file), folder));
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /// What it needs may not have answered its first try; it serves all the same, and tries again.
    private void awaitReady() {
        var end = Instant.now().plusSeconds(60);
        while (sent(HttpRequest.newBuilder(url("/readyz")).build()).statusCode() != 200) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("the server does not get ready");
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    public EcrClient ecr() {
        return ecr;
    }

    String login() {
        return login;
    }

    public URI url(String path) {
        return URI.create("http://localhost:" + server.port() + path);
    }

    /// The SDK with the root principal's key.
    public EcrClientBuilder client() throws IOException {
        var key = rootKey();
        return EcrClient.builder()
                .endpointOverride(url("/"))
                .region(Region.US_EAST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())));
    }

    /// The same, of the key service.
    public KmsClientBuilder kms() throws IOException {
        var key = rootKey();
        return KmsClient.builder()
                .endpointOverride(url("/"))
                .region(Region.US_EAST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())));
    }

    /// The same, of Secrets Manager.
    public SecretsManagerClientBuilder secrets() throws IOException {
        var key = rootKey();
        return SecretsManagerClient.builder()
                .endpointOverride(url("/"))
                .region(Region.US_EAST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())));
    }

    /// The root principal's key.
    public CredentialsFile.Credentials rootKey() throws IOException {
        return folder.credentials().read().orElseThrow();
    }

    public HttpResponse<String> send(String method, String path, byte[] body, String... headers) {
        var request = HttpRequest.newBuilder(url(path))
                .header("Authorization", "Basic " + login)
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return sent(request.build());
    }

    private HttpResponse<String> sent(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// A GET of nobody in particular.
    public HttpResponse<String> anonymous(String path) {
        return sent(HttpRequest.newBuilder(url(path)).build());
    }

    /// The body of a GET, as it comes.
    ///
    /// @throws IOException if it breaks off, or is none
    InputStream stream(String path, String... headers) throws IOException {
        var request = HttpRequest.newBuilder(url(path)).header("Authorization", "Basic " + login);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var answer = http.send(request.build(), BodyHandlers.ofInputStream());
            if (answer.statusCode() >= 300) {
                throw new IOException("status " + answer.statusCode());
            }
            return answer.body();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Server server() {
        return server;
    }

    public HttpResponse<String> get(String path) {
        return send("GET", path, new byte[0]);
    }

    /// Uploads a blob over `/v2` and gives its digest.
    public String push(String repository, byte[] blob) {
        var digest = new ManifestBytes(blob).digest(Digest.Algorithm.SHA256).toString();
        var answer = send("POST", "/v2/" + repository + "/blobs/uploads/?digest=" + digest, blob);
        if (answer.statusCode() != 201) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return digest;
    }

    @Override
    public void close() throws IOException {
        ecr.close();
        http.close();
        server.close();
        folder.close();
    }
}
