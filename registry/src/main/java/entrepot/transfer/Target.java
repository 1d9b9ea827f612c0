package entrepot.transfer;

import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.Reference;
import entrepot.upstream.EcrApi;
import entrepot.upstream.Failure;
import entrepot.upstream.Login;
import entrepot.upstream.UpstreamException;
import entrepot.upstream.UpstreamManifest;
import entrepot.upstream.UpstreamRegistry;
import entrepot.upstream.wire.Connections;
import entrepot.upstream.wire.Request;
import entrepot.upstream.wire.Response;
import entrepot.upstream.wire.Sender;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The registry that is imported into, as a client sees it.
public final class Target {

    private static final Duration MARGIN = Duration.ofMinutes(10);
    private static final int LONGEST_ERROR = 64 << 10;
    private static final Content NOTHING = new Content.Bytes(new byte[0]);

    private final URI url;
    private final Sender sender;
    private final InstantSource clock;
    private final EcrApi api;
    private final UpstreamRegistry registry;
    private Login.@Nullable Issued issued;

    /// @param login of an access key, whose API is at the same address
    /// @param sender by which the bytes go that it is to store
    public Target(URI url, Login.Ecr login, Connections connections, Sender sender, InstantSource clock)
            throws IOException {
        this.url = url;
        this.sender = sender;
        this.clock = clock;
        this.api = new EcrApi(login, connections);
        this.registry = new UpstreamRegistry(url, login, connections, clock);
    }

    UpstreamRegistry registry() {
        return registry;
    }

    /// Makes the repository, unless it is there.
    ///
    /// @return whether it was not there
    boolean create(String repository) throws IOException {
        try {
            var _ = api.call("CreateRepository", text(Map.of("repositoryName", repository)));
            return true;
        } catch (UpstreamException e) {
            if (String.valueOf(e.getMessage()).contains("RepositoryAlreadyExistsException")) {
                return false;
            }
            throw e;
        }
    }

    private static String text(Map<String, String> json) {
        return new String(Manifests.json(json), StandardCharsets.UTF_8);
    }

    /// What a tag points at, or the digest itself if its manifest is there.
    Optional<Digest> find(String repository, Reference reference) throws IOException {
        try {
            return Optional.ofNullable(registry.head(repository, reference).digest());
        } catch (UpstreamException e) {
            return emptyWhereNotFound(e);
        }
    }

    boolean hasBlob(String repository, Digest digest) throws IOException {
        try {
            var _ = registry.blobLength(repository, digest);
            return true;
        } catch (UpstreamException e) {
            return emptyWhereNotFound(e).isPresent();
        }
    }

    private static <T> Optional<T> emptyWhereNotFound(UpstreamException e) throws UpstreamException {
        if (e.failure() instanceof Failure.NotFound) {
            return Optional.empty();
        }
        throw e;
    }

    /// Has a blob of another repository, without its bytes.
    ///
    /// @return whether that was possible
    boolean mount(String repository, Digest digest, String from) throws IOException {
        var path = "/v2/%s/blobs/uploads/?mount=%s&from=%s".formatted(repository, digest, from);
        try (var answer = send("POST", url.resolve(path), Map.of(), NOTHING)) {
            if (answer.status() == 202) {
                cancel(answer);
            }
            return answer.status() == 201;
        }
    }

    private void cancel(Response begun) throws IOException {
        var location = begun.header("location").orElse("");
        send("DELETE", url.resolve(location), Map.of(), null).close();
    }

    /// Uploads a blob, whose digest the registry verifies.
    void upload(String repository, Digest digest, Content bytes) throws IOException {
        var path = "/v2/%s/blobs/uploads/?digest=%s".formatted(repository, digest);
        try (var answer = send("POST", url.resolve(path), Map.of("Content-Type", "application/octet-stream"), bytes)) {
            require(answer, "blob " + digest);
        }
    }

    void put(String repository, Reference reference, UpstreamManifest manifest) throws IOException {
        var path = "/v2/%s/manifests/%s".formatted(repository, reference);
        var type = Map.of("Content-Type", manifest.mediaType().value());
        var bytes = new Content.Bytes(manifest.bytes().toByteArray());
        try (var answer = send("PUT", url.resolve(path), type, bytes)) {
            require(answer, "manifest");
        }
    }

    private static void require(Response answer, String what) throws IOException {
        if (answer.status() != 201) {
            var words = new String(answer.bytes(LONGEST_ERROR), StandardCharsets.UTF_8);
            throw new IOException("%s was refused with HTTP status %d: %s".formatted(what, answer.status(), words));
        }
    }

    private Response send(String method, URI to, Map<String, String> headers, @Nullable Content body)
            throws IOException {
        var all = new LinkedHashMap<>(headers);
        all.put("Authorization", authorization());
        return sender.send(new Request(method, to, all, body));
    }

    private synchronized String authorization() throws IOException {
        var known = issued;
        if (known == null || clock.instant().isAfter(known.until().minus(MARGIN))) {
            known = api.authorizationToken();
            issued = known;
        }
        var both = known.password().user() + ":" + known.password().password();
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }
}
