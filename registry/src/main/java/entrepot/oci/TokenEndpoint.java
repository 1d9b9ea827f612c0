package entrepot.oci;

import com.fasterxml.jackson.annotation.JsonProperty;
import entrepot.domain.RegistryException;
import entrepot.http.HttpHandler;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// Gives bearer tokens to whoever logs in by Basic, and one of nobody to whoever does not. What a client asks for in
/// `scope` is not looked at: a token says who, and policies say what.
///
/// Source: Docker, "Token authentication specification". A POST, its OAuth 2 form, is answered 405, on which clients
/// that try it first fall back to GET (containerd's authorizer).
public final class TokenEndpoint implements HttpHandler {

    /// No repository's path: those end in `tags/list`, `manifests/…` or `blobs/…`.
    public static final String PATH = "/v2/token";

    private final RegistryLogin login;
    private final InstantSource clock;

    public TokenEndpoint(RegistryLogin login, InstantSource clock) {
        this.login = login;
        this.clock = clock;
    }

    /// The token under both names that clients know.
    private record Body(
            String token,
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("expires_in") long expiresIn,
            @JsonProperty("issued_at") String issuedAt) {}

    @Override
    public HttpResponse handle(HttpRequest request) {
        if (!request.method().equals("GET")) {
            return new OciError(405, "UNSUPPORTED", "Tokens are got by GET")
                    .with("Allow", "GET")
                    .response();
        }
        try {
            return token(request);
        } catch (OciException e) {
            return e.error().response();
        } catch (RegistryException e) {
            return OciErrors.of(e.error()).response();
        }
    }

    private HttpResponse token(HttpRequest request) {
        var issued = login.exchange(request);
        var now = clock.instant();
        var body = new Body(
                issued.token(),
                issued.token(),
                now.until(issued.expiresAt(), ChronoUnit.SECONDS),
                now.truncatedTo(ChronoUnit.SECONDS).toString());
        return HttpResponse.of(200).withBody(OciJson.TYPE, OciJson.of(body)).with("Cache-Control", "no-store");
    }
}
