package entrepot.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.Content;
import entrepot.upstream.wire.Connections;
import entrepot.upstream.wire.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import tools.jackson.databind.JsonNode;

/// The JSON API of an ECR, signed by an access key. Source: ECR API reference; IAM user guide, "AWS Signature Version 4
/// for API requests".
public final class EcrApi {

    private static final String TARGET = "AmazonEC2ContainerRegistry_V20150921.";
    private static final String JSON = "application/x-amz-json-1.1";
    private static final int LONGEST = 8 << 20;

    /// Which the connection says itself.
    private static final Set<String> ITS_OWN = Set.of("host", "content-length");

    private final Login.Ecr login;
    private final Connections connections;

    public EcrApi(Login.Ecr login, Connections connections) {
        this.login = login;
        this.connections = connections;
    }

    /// A password for `/v2`.
    public Login.Issued authorizationToken() throws UpstreamException {
        var answer =
                call("GetAuthorizationToken", "{}").path("authorizationData").path(0);
        try {
            var text = new String(
                    Base64.getDecoder().decode(answer.path("authorizationToken").asString("")), UTF_8);
            var colon = text.indexOf(':');
            if (colon > 0 && answer.path("expiresAt").isNumber()) {
                var until = answer.path("expiresAt").decimalValue();
                return new Login.Issued(
                        new Login.Password(text.substring(0, colon), text.substring(colon + 1)), instant(until));
            }
        } catch (IllegalArgumentException e) {
            throw new UpstreamException(new Failure.Malformed(), "GetAuthorizationToken gave no Base64", e);
        }
        throw UpstreamException.malformed("GetAuthorizationToken gave no token");
    }

    private static Instant instant(BigDecimal seconds) {
        return Instant.ofEpochSecond(seconds.longValue());
    }

    /// An answer, whatever it is.
    ///
    /// @param contentType empty where there is none
    /// @param body as UTF-8
    public record Answer(int status, String contentType, String body) {}

    /// What an operation answers.
    ///
    /// @param input in JSON
    /// @throws UpstreamException with ECR's own words where it refuses
    public JsonNode call(String operation, String input) throws UpstreamException {
        var answer = ask(operation, input);
        var json = Json.read(answer.body().getBytes(UTF_8));
        if (answer.status() / 100 == 2) {
            return json;
        }
        throw refused(operation, answer.status(), json);
    }

    /// The same, as it comes.
    ///
    /// @param input sent as it is
    public Answer ask(String operation, String input) throws UpstreamException {
        try {
            return sent(signed(operation, input.getBytes(UTF_8)));
        } catch (IOException e) {
            throw UpstreamException.of(e);
        }
    }

    /// The same, without a signature.
    public Answer askAsNobody(String operation, String input) throws UpstreamException {
        try {
            var headers = Map.of("Content-Type", JSON, "X-Amz-Target", TARGET + operation);
            return sent(new Request("POST", login.api(), headers, new Content.Bytes(input.getBytes(UTF_8))));
        } catch (IOException e) {
            throw UpstreamException.of(e);
        }
    }

    private Answer sent(Request request) throws IOException {
        try (var answer = connections.send(request)) {
            var type = answer.header("Content-Type").orElse("");
            return new Answer(answer.status(), type, new String(answer.bytes(LONGEST), UTF_8));
        }
    }

    private static UpstreamException refused(String operation, int status, JsonNode json) {
        var type = json.path("__type").asString("HTTP status " + status);
        var why = "%s: %s: %s".formatted(operation, type, json.path("message").asString(""));
        return new UpstreamException(kind(status, type), why);
    }

    private static Failure kind(int status, String type) {
        if (type.contains("Throttling") || type.contains("TooManyRequests") || status == 429) {
            return new Failure.TooManyRequests(null);
        }
        if (type.endsWith("NotFoundException")) {
            return new Failure.NotFound();
        }
        return status >= 500 ? new Failure.Unavailable() : new Failure.AccessDenied();
    }

    private Request signed(String operation, byte[] body) throws IOException {
        var unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(login.api())
                .putHeader("Content-Type", JSON)
                .putHeader("X-Amz-Target", TARGET + operation)
                .build();
        var signed = signed(unsigned, body).request();
        var headers = new LinkedHashMap<String, String>();
        signed.headers().forEach((name, values) -> headers.put(name, String.join(",", values)));
        headers.keySet().removeIf(name -> ITS_OWN.contains(name.toLowerCase(Locale.ROOT)));
        return new Request("POST", login.api(), headers, new Content.Bytes(body));
    }

    private SignedRequest signed(SdkHttpRequest unsigned, byte[] body) throws IOException {
        var key = identity(login.keys().get());
        return AwsV4HttpSigner.create()
                .sign(request -> request.identity(key)
                        .request(unsigned)
                        .payload(() -> new ByteArrayInputStream(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "ecr")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, login.region()));
    }

    private static AwsCredentialsIdentity identity(Login.AwsKey key) {
        return key.sessionToken() == null
                ? AwsCredentialsIdentity.create(key.id(), key.secret())
                : AwsSessionCredentialsIdentity.create(key.id(), key.secret(), key.sessionToken());
    }
}
