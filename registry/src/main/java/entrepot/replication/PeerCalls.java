package entrepot.replication;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.Content;
import entrepot.domain.RepositoryArn;
import entrepot.upstream.Login.Issued;
import entrepot.upstream.wire.Request;
import entrepot.upstream.wire.Response;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Requests on a peer's `/v2`. Each says from which registry to which it replicates: so the peer takes it for that, and
/// refuses it where it is another one than it is held to be.
final class PeerCalls {

    /// The two registries, with a blank between them.
    static final String MARK = "Entrepot-Replication";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration MARGIN = Duration.ofMinutes(5);
    private static final int LONGEST = 64 << 10;
    private static final Pattern CODE = Pattern.compile("[A-Z_]{1,64}");

    private final Peer peer;
    private @Nullable Issued login;

    PeerCalls(Peer peer) {
        this.peer = peer;
    }

    /// What came, or anything that the peer refused.
    ///
    /// @param code of a refusal; empty for none
    record Answer(int status, Map<String, String> headers, String code, String message) {

        boolean isDone() {
            return status / 100 == 2;
        }

        /// What it amounts to, where it was not to be so.
        IOException failure() {
            var why = "HTTP status %d %s: %s".formatted(status, code, message);
            return switch (status) {
                case 403 -> isDenied() ? new RefusedException("AccessDenied", true, why) : new IOException(why);
                case 500 -> new RefusedException(Bringing.FAULT, false, why);
                case 401, 408, 421, 425, 429 -> new IOException(why);
                default -> status / 100 == 4 ? new RefusedException(words(), false, why) : new IOException(why);
            };
        }

        /// In the registry's own words: a proxy before it refuses in others, and not for good.
        private boolean isDenied() {
            return code.equals("DENIED");
        }

        /// `MANIFEST_INVALID` as `ManifestInvalid`.
        private String words() {
            var words = new StringBuilder();
            var all = code.isEmpty() ? "HTTP_" + status : code;
            for (var i = 0; i < all.length(); i++) {
                var isFirst = i == 0 || all.charAt(i - 1) == '_';
                words.append(isFirst ? all.charAt(i) : Character.toLowerCase(all.charAt(i)));
            }
            return words.toString().replace("_", "");
        }
    }

    /// @param path from the root on, with a query where there is one
    /// @param repository from which something is brought
    Answer send(String method, String path, RepositoryArn repository, Map<String, String> headers)
            throws IOException, InterruptedException {
        return send(method, path, repository, headers, null);
    }

    /// @param body null for none
    Answer send(
            String method, String path, RepositoryArn repository, Map<String, String> headers, @Nullable Content body)
            throws IOException, InterruptedException {
        var all = new HashMap<>(headers);
        all.put("User-Agent", "Entrepot");
        all.put(MARK, repository.registry() + " " + peer.registry());
        var request = new Request(method, url(path), all, body);
        try {
            var answer = answer(peer.connections().send(request.with("Authorization", password())));
            if (answer.status() != 401) {
                return answer;
            }
            forget();
            return body == null || body instanceof Content.Bytes
                    ? answer(peer.connections().send(request.with("Authorization", password())))
                    : answer;
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(e.getMessage());
            }
            throw e;
        }
    }

    private URI url(String path) throws IOException {
        try {
            return peer.url().resolve(path);
        } catch (IllegalArgumentException e) {
            throw new IOException("no path of the peer's: " + path, e);
        }
    }

    private synchronized String password() throws IOException {
        var known = login;
        if (known == null || known.until().minus(MARGIN).isBefore(peer.clock().instant())) {
            known = peer.api().authorizationToken();
            login = known;
        }
        var both = known.password().user() + ":" + known.password().password();
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(UTF_8));
    }

    private synchronized void forget() {
        login = null;
    }

    private static Answer answer(Response response) throws IOException {
        try (response) {
            var headers = new HashMap<String, String>();
            for (var name : List.of("Location", "Range", "Docker-Content-Digest")) {
                response.header(name).ifPresent(value -> headers.put(name, value));
            }
            if (response.status() / 100 == 2 || response.length() == 0) {
                return new Answer(response.status(), headers, "", "");
            }
            return refused(response.status(), headers, response.bytes(LONGEST));
        }
    }

    private static Answer refused(int status, Map<String, String> headers, byte[] body) {
        try {
            var error = JSON.readTree(body).path("errors").path(0);
            var code = error.path("code").asString("");
            var message = error.path("message").asString("");
            return new Answer(status, headers, CODE.matcher(code).matches() ? code : "", message);
        } catch (JacksonException e) {
            return new Answer(status, headers, "", "");
        }
    }
}
