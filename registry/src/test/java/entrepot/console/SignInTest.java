package entrepot.console;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.server.RunningServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.StatusType;

class SignInTest {

    private static final String OVERVIEW = "/console/us-east-1/";

    private static RunningServer server;
    private static IamClient iam;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        server = RunningServer.start(data, Map.of("trusted-proxies", "127.0.0.1"));
        var key = server.rootKey();
        iam = IamClient.builder()
                .endpointOverride(server.url("/"))
                .region(Region.US_EAST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())))
                .build();
    }

    @AfterAll
    static void stop() throws IOException {
        iam.close();
        server.close();
    }

    private static AccessKey user(String name) {
        iam.createUser(r -> r.userName(name));
        return iam.createAccessKey(r -> r.userName(name)).accessKey();
    }

    @Test
    void whoever_has_a_key_and_its_secret_comes_in() throws IOException {
        try (var browser = Browser.root(server)) {
            var page = browser.get(OVERVIEW);

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("arn:aws:iam::000000000000:root", "Log in");
        }
    }

    @Test
    void the_cookie_is_for_browsers_of_this_console_alone() throws IOException {
        try (var browser = new Browser(server)) {
            var key = server.rootKey();
            var line = browser.signIn(key.id(), key.secret())
                    .headers()
                    .firstValue("Set-Cookie")
                    .orElseThrow();

            assertThat(line)
                    .matches("entrepot-session=[A-Za-z0-9_-]{43}; Path=/console/; HttpOnly; SameSite=Strict;"
                            + " Max-Age=43200");
        }
    }

    @Test
    void whoever_is_not_signed_in_is_led_to_where_one_signs_in_and_then_back() throws IOException {
        try (var browser = new Browser(server)) {
            var key = server.rootKey();
            var asked = "/console/us-east-1/repositories?q=a%2Fb";

            assertThat(location(browser.get(asked)))
                    .isEqualTo("/console/sign-in?next=/console/us-east-1/repositories%3Fq%3Da%252Fb");
            assertThat(browser.get("/console/sign-in?next=" + "/console/us-east-1/repositories%3Fq%3Da%252Fb")
                            .body())
                    .contains("name=\"next\" value=\"/console/us-east-1/repositories?q=a%2Fb\"");
            assertThat(location(browser.signIn(
                            Map.of("key", key.id(), "secret", key.secret(), "region", "us-east-1", "next", asked))))
                    .isEqualTo(asked);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example/console/",
                "/\\evil.example",
                "/console/\\evil.example",
                "/console",
                "/v2/",
                "javascript:alert(1)",
                "/console/\r\nSet-Cookie: a=b"
            })
    void nobody_is_led_elsewhere(String next) throws IOException {
        try (var browser = new Browser(server)) {
            var key = server.rootKey();

            assertThat(location(browser.signIn(
                            Map.of("key", key.id(), "secret", key.secret(), "region", "us-east-1", "next", next))))
                    .isEqualTo(OVERVIEW);
        }
    }

    @Test
    void a_wrong_secret_and_an_unknown_key_are_told_alike() {
        var known = user("alike").accessKeyId();
        try (var browser = new Browser(server)) {
            var wrong = browser.signIn(known, "0".repeat(40));
            var unknown = browser.signIn("AKIAAAAAAAAAAAAAAAAA", "0".repeat(40));
            var hostile = browser.signIn("\"><script>alert(1)</script>", "x");

            assertThat(wrong.statusCode()).isEqualTo(403);
            assertThat(wrong.body()).contains("No active access key has this id and this secret.");
            assertThat(unknown.statusCode()).isEqualTo(403);
            assertThat(unknown.body().replace("AKIAAAAAAAAAAAAAAAAA", known)).isEqualTo(wrong.body());
            assertThat(hostile.statusCode()).isEqualTo(403);
            assertThat(hostile.body()).doesNotContain("<script>alert");
            assertThat(browser.cookie).isEmpty();
        }
    }

    @Test
    void a_registry_token_is_no_secret_of_a_key() {
        var token = server.ecr()
                .getAuthorizationToken()
                .authorizationData()
                .getFirst()
                .authorizationToken();
        var password = new String(Base64.getDecoder().decode(token), US_ASCII).substring("AWS:".length());
        try (var browser = new Browser(server)) {
            assertThat(browser.signIn("AWS", password).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void a_session_that_somebody_brought_along_is_not_the_one_they_get() throws IOException {
        try (var browser = new Browser(server)) {
            browser.cookie = "entrepot-session=" + "A".repeat(43);
            var key = server.rootKey();
            browser.signIn(key.id(), key.secret());
            var first = browser.cookie;

            browser.signIn(key.id(), key.secret());

            assertThat(first).isNotEqualTo("entrepot-session=" + "A".repeat(43));
            assertThat(browser.cookie).isNotEqualTo(first);
            assertThat(browser.get(OVERVIEW).statusCode()).isEqualTo(200);
            browser.cookie = first;
            assertThat(browser.get(OVERVIEW).statusCode()).isEqualTo(303);
        }
    }

    @Test
    void two_cookies_of_that_name_are_none() throws IOException {
        try (var browser = Browser.root(server)) {
            browser.cookie = browser.cookie + "; entrepot-session=" + "A".repeat(43);

            assertThat(browser.get(OVERVIEW).statusCode()).isEqualTo(303);
        }
    }

    @Test
    void a_session_ends_with_its_key() {
        var key = user("revoked");
        try (var browser = Browser.signedIn(server, key.accessKeyId(), key.secretAccessKey())) {
            assertThat(browser.get(OVERVIEW).statusCode()).isEqualTo(200);

            iam.updateAccessKey(
                    r -> r.userName("revoked").accessKeyId(key.accessKeyId()).status(StatusType.INACTIVE));
            assertThat(browser.get(OVERVIEW).statusCode()).isEqualTo(303);
            assertThat(new Browser(server)
                            .signIn(key.accessKeyId(), key.secretAccessKey())
                            .statusCode())
                    .isEqualTo(403);

            iam.deleteAccessKey(r -> r.userName("revoked").accessKeyId(key.accessKeyId()));
            assertThat(browser.get(OVERVIEW).statusCode()).isEqualTo(303);
        }
    }

    @Test
    void whoever_signs_out_is_out_wherever_the_cookie_went() throws IOException {
        try (var browser = Browser.root(server)) {
            var before = browser.cookie;
            var out = browser.submit(OVERVIEW, "/console/sign-out", Map.of());

            assertThat(location(out)).isEqualTo("/console/sign-in");
            assertThat(out.headers().firstValue("Set-Cookie").orElseThrow())
                    .contains("entrepot-session=;", "Max-Age=0");
            browser.cookie = before;
            assertThat(browser.get(OVERVIEW).statusCode()).isEqualTo(303);
        }
    }

    @Test
    void too_many_wrong_secrets_of_a_key_have_to_wait_whether_there_is_such_a_key_or_not() {
        var known = user("guessed");
        try (var one = elsewhere("192.0.2.1");
                var other = elsewhere("192.0.2.2");
                var owners = elsewhere("198.51.100.1")) {
            var real = waiting(one, known.accessKeyId(), known.secretAccessKey());
            var none = waiting(other, "AKIABBBBBBBBBBBBBBBB", "wrong");

            assertThat(real.headers().firstValue("Retry-After").orElseThrow()).matches("[0-9]+");
            assertThat(none.body()
                            .replace("AKIABBBBBBBBBBBBBBBB", known.accessKeyId())
                            .replaceAll("in [0-9]+ s", ""))
                    .isEqualTo(real.body().replaceAll("in [0-9]+ s", ""));
            assertThat(owners.signIn(known.accessKeyId(), known.secretAccessKey())
                            .statusCode())
                    .isEqualTo(303);
        }
    }

    @Test
    void too_many_wrong_secrets_from_an_address_have_to_wait_whatever_the_key() throws IOException {
        var key = server.rootKey();
        try (var guessing = elsewhere("203.0.113.9");
                var other = elsewhere("203.0.113.10")) {
            for (int i = 0; i < 19; i++) {
                guessing.signIn("AKIA" + i, "wrong");
            }

            assertThat(waiting(guessing, key.id(), key.secret()).statusCode()).isEqualTo(429);
            assertThat(other.signIn(key.id(), key.secret()).statusCode()).isEqualTo(303);
        }
    }

    private static Browser elsewhere(String address) {
        return new Browser(server, address, "https");
    }

    /// What they are told who tried too often, with that secret. The more time goes by, the more may be tried.
    private static HttpResponse<String> waiting(Browser browser, String id, String secret) {
        for (int i = 0; i < 400; i++) {
            if (browser.signIn(id, "wrong").statusCode() == 429) {
                var answer = browser.signIn(id, secret);
                if (answer.statusCode() == 429) {
                    return answer;
                }
            }
        }
        throw new AssertionError("nobody has to wait");
    }

    @Test
    void a_session_stays_where_a_link_of_another_site_came_without_it() {
        try (var browser = new Browser(server)) {
            assertThat(browser.get(OVERVIEW).headers().firstValue("Set-Cookie")).isEmpty();

            browser.cookie = "entrepot-session=" + "A".repeat(43);
            assertThat(browser.get(OVERVIEW).headers().firstValue("Set-Cookie").orElseThrow())
                    .contains("Max-Age=0");
        }
    }

    @Test
    void nobody_brings_a_secret_over_plain_http_from_another_machine() throws IOException {
        var key = server.rootKey();
        var plain = new Browser(server, "192.0.2.200", "http");

        assertThat(plain.get("/console/sign-in").statusCode()).isEqualTo(403);
        assertThat(plain.signIn(key.id(), key.secret()).body()).contains("plain HTTP", "tls.certificate");
        assertThat(plain.cookie).isEmpty();
    }

    @Test
    void a_trusted_proxy_may_be_used_from_its_own_machine() {
        try (var browser = new Browser(server, "127.0.0.1", "http")) {
            assertThat(browser.get("/console/sign-in").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void what_a_proxy_on_this_machine_passes_on_is_from_elsewhere_unless_it_is_trusted(@TempDir Path other)
            throws IOException {
        try (var alone = RunningServer.start(other, Map.of())) {
            assertThat(alone.anonymous("/console/sign-in").statusCode()).isEqualTo(200);
            for (var header : List.of("X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "Via")) {
                assertThat(alone.send("GET", "/console/sign-in", new byte[0], header, "https")
                                .statusCode())
                        .as(header)
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void a_cookie_that_came_encrypted_goes_nowhere_plain() throws IOException {
        var key = server.rootKey();

        assertThat(elsewhere("192.0.2.201")
                        .signIn(key.id(), key.secret())
                        .headers()
                        .firstValue("Set-Cookie")
                        .orElseThrow())
                .endsWith("; Secure");
    }

    @Test
    void a_form_that_no_browser_of_ours_sent_signs_nobody_in() throws IOException {
        var key = server.rootKey();
        var form = Map.of("key", key.id(), "secret", key.secret(), "region", "us-east-1");
        try (var browser = new Browser(server)) {
            assertThat(browser.post("/console/sign-in", form, new String[0]).statusCode())
                    .isEqualTo(403);
            assertThat(browser.post("/console/sign-in", form, "Origin", "https://evil.example")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(browser.post("/console/sign-in", form, "Origin", "null").statusCode())
                    .isEqualTo(403);
            assertThat(browser.post(
                                    "/console/sign-in",
                                    form,
                                    "Origin",
                                    browser.origin(),
                                    "Sec-Fetch-Site",
                                    "cross-site")
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void a_long_form_is_not_read() {
        try (var browser = new Browser(server)) {
            assertThat(browser.signIn("AKIA" + "A".repeat(100_000), "x").statusCode())
                    .isEqualTo(413);
        }
    }

    @Test
    void without_the_console_there_is_none(@TempDir Path other) throws IOException {
        try (var plain = RunningServer.start(other, Map.of("console", "false"))) {
            assertThat(plain.anonymous("/console/").statusCode()).isEqualTo(404);
            assertThat(plain.anonymous("/console/assets/console.css").statusCode())
                    .isEqualTo(404);
        }
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }
}
