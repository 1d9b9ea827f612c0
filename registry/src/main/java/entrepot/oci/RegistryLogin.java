package entrepot.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.auth.Caller;
import entrepot.auth.Callers;
import entrepot.auth.RegistryHosts;
import entrepot.auth.token.RegistryTokens;
import entrepot.auth.token.RegistryTokens.Verification;
import entrepot.domain.RegistryId;
import entrepot.http.HttpRequest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;

/// Finds out who asks on `/v2`: HTTP Basic (RFC 7617) with the user `AWS` and a token for a password. Whoever cannot
/// be told is challenged on that very request, since some clients never ask `/v2/` first.
///
/// Source: ECR user guide, "Private registry authentication".
public final class RegistryLogin {

    private static final String SCHEME = "Basic ";

    private final RegistryTokens tokens;
    private final Callers callers;
    private final RegistryHosts hosts;
    private final RegistryId defaults;
    private final InstantSource clock;

    /// @param defaults the registry that a request without credentials means
    public RegistryLogin(
            RegistryTokens tokens, Callers callers, RegistryHosts hosts, RegistryId defaults, InstantSource clock) {
        this.tokens = tokens;
        this.callers = callers;
        this.hosts = hosts;
        this.defaults = defaults;
        this.clock = clock;
    }

    private record Credentials(String user, String password) {
        /// Without the password, so that no log can hold it.
        @Override
        public String toString() {
            return "Credentials[" + user + "]";
        }
    }

    /// Fails with an OciException that holds the challenge.
    Caller caller(HttpRequest request) {
        var headers = request.headers().all("Authorization");
        if (headers.isEmpty()) {
            throw challenge(request, new OciError(401, "UNAUTHORIZED", "Not Authorized"));
        }
        var credentials = headers.size() == 1 ? credentials(headers.getFirst()) : Optional.<Credentials>empty();
        return credentials.flatMap(given -> caller(request, given)).orElseThrow(() -> wrong(request));
    }

    private Optional<Caller> caller(HttpRequest request, Credentials given) {
        return switch (tokens.verify(given.user(), given.password(), clock.instant())) {
            case Verification.Valid(var principal, var registry) ->
                callers.ofRegistry(principal, registry, request.calledAs());
            case Verification.Expired _ -> throw expired(request);
            case Verification.Invalid _ -> Optional.empty();
        };
    }

    private static Optional<Credentials> credentials(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        var text = decode(header.substring(SCHEME.length()).strip());
        var colon = text.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(new Credentials(text.substring(0, colon), text.substring(colon + 1)));
    }

    private static String decode(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private OciException wrong(HttpRequest request) {
        return challenge(
                request,
                new OciError(401, "UNAUTHORIZED", "The user name or the authorization token is not valid here"));
    }

    private OciException expired(HttpRequest request) {
        return challenge(
                request,
                new OciError(
                        SpecForm.EXPIRED_TOKEN,
                        "UNAUTHORIZED",
                        "Your authorization token has expired. Reauthenticate and try again."));
    }

    private OciException challenge(HttpRequest request, OciError error) {
        var calledAs = request.calledAs();
        var address = hosts.address(hosts.registry(calledAs.host()).orElse(defaults), calledAs);
        return new OciException(error.with(
                "WWW-Authenticate", "Basic realm=\"%s/\",service=\"ecr.amazonaws.com\"".formatted(address.endpoint())));
    }
}
