package entrepot.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.Content;
import entrepot.upstream.wire.Connections;
import entrepot.upstream.wire.Request;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Bearer tokens of Docker's scheme. Sources: distribution, docs/spec/auth/token.md and docs/spec/auth/oauth.md.
final class Tokens {

    private static final int LONGEST = 256 << 10;
    private static final Duration UNSAID = Duration.ofSeconds(60);
    private static final Duration AT_MOST = Duration.ofDays(1);

    /// Before its end, in which a token is not used any more.
    private static final Duration MARGIN = Duration.ofSeconds(10);

    /// RFC 6750, 2.1.
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]+");

    private final Connections connections;
    private final InstantSource clock;

    Tokens(Connections connections, InstantSource clock) {
        this.connections = connections;
        this.clock = clock;
    }

    /// @param until it is used
    record Token(String text, Instant until) {
        @Override
        public String toString() {
            return "Token[until " + until + "]";
        }
    }

    /// Asks for a token.
    ///
    /// @param service as the challenge has it; null for none
    /// @param scope empty for none
    Token fetch(URI realm, @Nullable String service, String scope, Login login) throws UpstreamException {
        var query = parameter("service", service) + parameter("scope", scope);
        try (var answer = connections.send(request(realm, query, login))) {
            return switch (answer.status()) {
                case 200 -> read(Json.read(answer.bytes(LONGEST)));
                case 400, 401, 403, 404 ->
                    throw UpstreamException.denied("its token server answers HTTP status " + answer.status());
                default -> throw Statuses.failure(answer, "its token server");
            };
        } catch (IOException e) {
            throw UpstreamException.of(e);
        }
    }

    private static String parameter(String name, @Nullable String value) {
        return value == null || value.isEmpty() ? "" : "&" + name + "=" + URLEncoder.encode(value, UTF_8);
    }

    private static Request request(URI realm, String query, Login login) throws UpstreamException {
        return switch (login) {
            case Login.IdentityToken(var token) ->
                post(realm, "grant_type=refresh_token&client_id=entrepot" + query + parameter("refresh_token", token));
            case Login.Password password -> get(realm, query).with("Authorization", basic(password));
            case Login.Anonymous _, Login.Ecr _ -> get(realm, query);
        };
    }

    static String basic(Login.Password login) {
        var both = (login.user() + ":" + login.password()).getBytes(UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    private static Request get(URI realm, String query) throws UpstreamException {
        var own = realm.getRawQuery();
        var all = own == null ? query.replaceFirst("&", "") : own + query;
        return Request.get(Urls.withQuery(realm, all)).with("User-Agent", "Entrepot");
    }

    private static Request post(URI realm, String form) {
        var headers = Map.of("Content-Type", "application/x-www-form-urlencoded", "User-Agent", "Entrepot");
        return new Request("POST", realm, headers, new Content.Bytes(form.getBytes(UTF_8)));
    }

    private Token read(JsonNode answer) throws UpstreamException {
        var token = answer.path("token").asString(answer.path("access_token").asString(""));
        if (!TOKEN.matcher(token).matches()) {
            throw UpstreamException.malformed("its token server gave no token");
        }
        var seconds = answer.path("expires_in").asLong(UNSAID.toSeconds());
        var lifetime = Duration.ofSeconds(Math.clamp(seconds, MARGIN.toSeconds(), AT_MOST.toSeconds()));
        return new Token(token, clock.instant().plus(lifetime).minus(MARGIN));
    }
}
