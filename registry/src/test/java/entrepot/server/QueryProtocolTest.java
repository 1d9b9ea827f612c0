package entrepot.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// Every form that a request to IAM or STS may have: GET and POST, parameters in the query and in the body, signatures
/// in the header and in the query, and answers in XML and JSON; and what a request is told that no API is for.
class QueryProtocolTest {

    private static final String WHO = "Action=GetCallerIdentity&Version=2011-06-15";
    private static final String ROOT = "arn:aws:iam::000000000000:root";
    private static final String FORM = "application/x-www-form-urlencoded";

    private static RunningServer server;
    private static Wire wire;
    private static AwsCredentialsIdentity key;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        server = RunningServer.start(data, Map.of("trusted-proxies", "127.0.0.1", "public-hosts", "pub.example:8443"));
        wire = new Wire(
                server.url("/").getPort(), "localhost:" + server.url("/").getPort());
        key = AwsCredentialsIdentity.create(
                server.rootKey().id(), server.rootKey().secret());
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    /// A request to be signed.
    record Call(SdkHttpMethod method, String query, String body, String service, Map<String, String> headers) {

        static Call get(String query) {
            return new Call(SdkHttpMethod.GET, query, "", "sts", Map.of());
        }

        static Call post(String query, String body) {
            return new Call(SdkHttpMethod.POST, query, body, "sts", Map.of("Content-Type", FORM));
        }

        Call of(String other) {
            return new Call(method, query, body, other, headers);
        }

        Call with(String name, String value) {
            var more = new HashMap<>(headers);
            more.put(name, value);
            return new Call(method, query, body, service, more);
        }

        WireAnswer signed() throws IOException {
            return send(sign -> {}, List.of());
        }

        WireAnswer presigned() throws IOException {
            return presigned(Instant.now(), Duration.ofMinutes(5));
        }

        WireAnswer presigned(Instant from, Duration length) throws IOException {
            return send(
                    sign -> sign.putProperty(AwsV4FamilyHttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                            .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, length)
                            .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(from, ZoneOffset.UTC)),
                    List.of());
        }

        /// Signed for one host and sent with another, as through a proxy.
        WireAnswer through(String host, String... forwarded) throws IOException {
            return send(sign -> sign.request(request("http://" + host + "/")), List.of(forwarded));
        }

        private SdkHttpRequest request(String endpoint) {
            var request = SdkHttpRequest.builder().method(method).uri(URI.create(endpoint + "?" + query));
            headers.forEach(request::putHeader);
            return request.build();
        }

        private WireAnswer send(Consumer<SignRequest.Builder<AwsCredentialsIdentity>> how, List<String> more)
                throws IOException {
            var signed = AwsV4HttpSigner.create()
                    .sign(sign -> how.accept(sign.identity(key)
                            .request(request("http://" + wire.host() + "/"))
                            .payload(() -> new ByteArrayInputStream(body.getBytes(UTF_8)))
                            .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, service)
                            .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")))
                    .request();
            var lines = new ArrayList<>(more);
            signed.forEachHeader((name, values) -> values.forEach(value -> lines.add(name + ": " + value)));
            lines.removeIf(line -> line.startsWith("Host: "));
            var target =
                    signed.encodedQueryParameters().map(text -> "/?" + text).orElse("/");
            return wire.send(method.name(), target, lines, body);
        }
    }

    private static void assertRoot(WireAnswer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo("200");
        assertThat(answer.body()).contains("<Arn>" + ROOT + "</Arn>", "<GetCallerIdentityResponse");
    }

    @Test
    void who_calls_is_told_in_every_form() throws IOException {
        assertRoot(Call.get(WHO).signed());
        assertRoot(Call.get(WHO).presigned());
        assertRoot(Call.post("", WHO).signed());
        assertRoot(Call.post("", WHO).presigned());
        assertRoot(Call.post(WHO, "").signed());
        assertRoot(Call.post(WHO, "").presigned());
        assertRoot(Call.post("Version=2011-06-15", "Action=GetCallerIdentity").signed());
        assertRoot(Call.post("", WHO)
                .with("Content-Type", FORM.toUpperCase(Locale.ROOT) + "; charset=utf-8")
                .signed());
        var bare = Call.get(WHO);
        assertRoot(new Call(SdkHttpMethod.POST, WHO, "", "sts", Map.of()).signed());
        assertRoot(bare.with("X-K8s-Aws-Id", "cluster").presigned());
    }

    @Test
    void iam_takes_a_query_as_well() throws IOException {
        var answer = Call.get("Action=GetUser&Version=2010-05-08").of("iam").presigned();

        assertThat(answer.body()).contains("<Arn>" + ROOT + "</Arn>", "<GetUserResponse");
    }

    @Test
    void a_presigned_request_ends_and_is_for_its_scope() throws IOException {
        var hourAgo = Instant.now().minusSeconds(3600);
        assertThat(Call.get(WHO).presigned(hourAgo, Duration.ofMinutes(59)).body())
                .contains("<Code>SignatureDoesNotMatch</Code>", "Signature expired");
        assertRoot(Call.get(WHO).presigned(hourAgo, Duration.ofMinutes(70)));
        assertThat(Call.post("", WHO).of("ecr").presigned().body())
                .contains("Credential should be scoped to correct service: ");
        assertThat(Call.get(WHO).of("iam").presigned().body())
                .contains("Credential should be scoped to correct service: 'sts'");
    }

    @Test
    void json_is_for_whoever_asks_for_it() throws IOException {
        var answer = Call.get(WHO).with("Accept", "Application/JSON").signed();
        assertThat(answer.headers()).contains("content-type: application/json");
        assertThat(answer.body())
                .startsWith("{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":{\"UserId\":\"000000000000\","
                        + "\"Account\":\"000000000000\",\"Arn\":\"" + ROOT
                        + "\"},\"ResponseMetadata\":{\"RequestId\":\"");
        assertThat(Call.get(WHO)
                        .with("Accept", "text/xml, application/json")
                        .signed()
                        .body())
                .startsWith("<");
        var refused = wire.send("GET", "/?" + WHO, List.of("Accept: application/json"), "");
        assertThat(refused.status()).isEqualTo("403");
        assertThat(refused.body())
                .startsWith(
                        "{\"Error\":{\"Code\":\"MissingAuthenticationToken\","
                                + "\"Message\":\"Request is missing Authentication Token\",\"Type\":\"Sender\"},\"RequestId\":\"");
    }

    @Test
    void a_parameter_stands_once_in_query_and_body_together() throws IOException {
        assertThat(Call.post("Action=GetCallerIdentity", WHO).signed().body())
                .contains("The parameter Action is there twice.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//", "/api", "/v2", "/v2/", "/v2//"})
    void a_request_astray_is_told_where_the_endpoint_is(String path) throws IOException {
        var json = wire.send("POST", path, List.of("x-amz-target: AmazonEC2ContainerRegistry_V20150921.X"), "{}");
        assertThat(json.status()).isEqualTo("404");
        assertThat(json.headers()).contains("x-amzn-requestid: ");
        assertThat(json.body())
                .isEqualTo("{\"__type\":\"UnknownOperationException\",\"message\":\"There is no API at 'POST " + path
                        + "'. The endpoint must be http://" + wire.host() + ", without a path.\"}");
        var xml = wire.send("POST", path, List.of("Content-Type: Application/X-www-form-urlencoded"), WHO);
        assertThat(xml.status()).isEqualTo("404");
        assertThat(xml.body())
                .contains("<Code>InvalidAction</Code>", "The endpoint must be http://" + wire.host(), "<RequestId>");
        var registry = wire.send("POST", "/v2/app/blobs/uploads/", List.of("Content-Type: " + FORM), "a=b");
        assertThat(registry.status()).isEqualTo("401");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reg.example", "reg.example:8443"})
    void what_traefik_sends_fits(String called) throws IOException {
        var port = called.contains(":") ? called.substring(called.indexOf(':') + 1) : "443";
        assertRoot(Call.post("", WHO)
                .through(
                        called,
                        "X-Forwarded-For: 192.0.2.1",
                        "X-Forwarded-Host: " + called,
                        "X-Forwarded-Port: " + port,
                        "X-Forwarded-Proto: https",
                        "X-Forwarded-Server: proxy",
                        "X-Real-Ip: 192.0.2.1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            pub.example:8443 | -                | -                      | -
            reg.example      | reg.example      | -                      | -
            reg.example:8443 | reg.example:8443 | -                      | -
            reg.example:8443 | reg.example      | X-Forwarded-Port: 8443 | -
            reg.example      | reg.example      | X-Forwarded-Port: 443  | X-Forwarded-Proto: https
            reg.example      | reg.example:443  | -                      | X-Forwarded-Proto: https
            reg.example      | reg.example:80   | -                      | X-Forwarded-Proto: http
            reg.example      | reg.example:8443 | X-Forwarded-Port: 443  | X-Forwarded-Proto: https
            pub.example:8443 | pub.example      | -                      | X-Forwarded-Proto: https
            """)
    void behind_a_proxy_a_signature_fits_one_of_the_plausible_hosts(
            String signed, String host, String port, String proto) throws IOException {
        var forwarded = new ArrayList<String>();
        for (var line : new String[] {host == null ? null : "X-Forwarded-Host: " + host, port, proto}) {
            if (line != null) {
                forwarded.add(line);
            }
        }
        assertRoot(Call.post("", WHO).through(signed, forwarded.toArray(String[]::new)));
        assertThat(Call.post("", WHO)
                        .through("evil.example", forwarded.toArray(String[]::new))
                        .body())
                .contains("<Code>SignatureDoesNotMatch</Code>");
    }
}
