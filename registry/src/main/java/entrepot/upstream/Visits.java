package entrepot.upstream;

import entrepot.upstream.wire.Connections;
import entrepot.upstream.wire.Origin;
import entrepot.upstream.wire.Request;
import entrepot.upstream.wire.Response;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/// Asks one registry: with its login, and along its redirects without. Every address on the way is checked as the
/// first.
final class Visits {

    private static final int MOST_REDIRECTS = 5;

    private final Connections connections;
    private final Proof proof;

    Visits(Connections connections, Proof proof) {
        this.connections = connections;
        this.proof = proof;
    }

    /// An answer of success, which nobody has encoded.
    ///
    /// @param request without `Authorization`, of GET or HEAD
    /// @param scope of Docker's scheme; empty for none
    Response ask(Request request, String scope) throws UpstreamException {
        try {
            var plain = request.with("User-Agent", "Entrepot").with("Accept-Encoding", "identity");
            return success(followed(plain, known(plain, scope)));
        } catch (IOException e) {
            throw UpstreamException.of(e);
        }
    }

    private Response known(Request request, String scope) throws IOException {
        var sent = proof.before(scope);
        var answer = connections.send(proven(request, sent));
        if (answer.status() != 401) {
            return answer;
        }
        try (answer) {
            sent = Optional.of(proof.after(answer.head().all("www-authenticate"), sent, scope));
        }
        return connections.send(proven(request, sent));
    }

    private static Request proven(Request request, Optional<String> header) {
        return header.map(value -> request.with("Authorization", value)).orElse(request);
    }

    private Response followed(Request asked, Response answered) throws IOException {
        var request = asked;
        var answer = answered;
        for (var left = MOST_REDIRECTS; isRedirect(answer); left--) {
            try (var redirect = answer) {
                if (left == 0) {
                    throw UpstreamException.malformed("it redirects more than %d times".formatted(MOST_REDIRECTS));
                }
                request = request.redirected(target(request.url(), redirect));
            }
            answer = connections.send(request);
        }
        return answer;
    }

    private static boolean isRedirect(Response answer) {
        return switch (answer.status()) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    /// TLS is not left on the way, unless for a host that the operator named.
    private URI target(URI from, Response redirect) throws IOException {
        var location =
                redirect.header("location").orElseThrow(() -> UpstreamException.malformed("it redirects to nowhere"));
        var url = Urls.resolve(from, location);
        var target = Origin.of(url);
        if (Origin.of(from).isSecure()
                && !target.isSecure()
                && !connections.targets().allows(target)) {
            throw UpstreamException.malformed("it redirects away from TLS, to " + target);
        }
        return url;
    }

    private static Response success(Response answer) throws UpstreamException {
        if (answer.status() / 100 != 2) {
            try (answer) {
                throw Statuses.failure(answer, "it");
            }
        }
        var coding = answer.header("content-encoding").orElse("identity");
        if (!coding.equalsIgnoreCase("identity")) {
            try (answer) {
                throw UpstreamException.malformed("its answer is encoded, which nobody asked for");
            }
        }
        return answer;
    }
}
