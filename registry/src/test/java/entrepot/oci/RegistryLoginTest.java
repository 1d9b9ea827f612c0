package entrepot.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryLoginTest {

    private static final String CHALLENGE = "Basic realm=\"http://localhost:5000/\",service=\"ecr.amazonaws.com\"";

    private final OciRegistry registry = new OciRegistry();

    @AfterEach
    void close() {
        registry.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/v2/", "/v2", "/v2/_catalog", "/v2/team/app/manifests/v1", "/v2/no/such/path", "/v2/%2e%2e/x"})
    void whoever_brings_no_credentials_is_challenged_whatever_they_ask(String path) {
        for (var method : new String[] {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE"}) {
            var reply = registry.anonymously(method, path).send();
            assertThat(reply.problem()).isEqualTo("401 UNAUTHORIZED");
            assertThat(reply.message()).isEqualTo("Not Authorized");
            assertThat(reply.header("WWW-Authenticate")).isEqualTo(CHALLENGE);
            assertThat(reply.header("Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");
        }
    }

    @Test
    void a_token_is_good_for_a_ping() {
        var reply = registry.ask("GET", "/v2/").send().mustBe(200);
        assertThat(reply.header("Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");
        registry.ask("HEAD", "/v2").send().mustBe(200);
    }

    @Test
    void credentials_that_are_not_good_are_challenged_again() {
        var token = registry.token();
        for (var header : new String[] {
            OciRegistry.basic("AWS", "password"),
            OciRegistry.basic("AWS", ""),
            OciRegistry.basic("", token),
            OciRegistry.basic("aws", token),
            OciRegistry.basic("admin", token),
            OciRegistry.basic("AWS", token + "A"),
            OciRegistry.basic("AWS", token.substring(1)),
            "Bearer " + token,
            "Basic",
            "Basic !!!",
            "Basic " + token,
            "",
            "AWS4-HMAC-SHA256 Credential=AKIAAAAAAAAAAAAAAAAA/20260501/eu-west-1/ecr/aws4_request"
        }) {
            var reply = registry.anonymously("GET", "/v2/")
                    .with("Authorization", header)
                    .send();
            assertThat(reply.problem()).describedAs(header).isEqualTo("401 UNAUTHORIZED");
            assertThat(reply.header("WWW-Authenticate")).isEqualTo(CHALLENGE);
        }
    }

    @Test
    void two_credentials_are_none() {
        var reply = registry.ask("GET", "/v2/")
                .with("Authorization", OciRegistry.basic("AWS", registry.token()))
                .send();
        assertThat(reply.problem()).isEqualTo("401 UNAUTHORIZED");
    }

    @Test
    void the_scheme_may_be_written_in_any_case() {
        var basic = OciRegistry.basic("AWS", registry.token()).replace("Basic", "bAsIc");
        registry.anonymously("GET", "/v2/").with("Authorization", basic).send().mustBe(200);
    }

    @Test
    void an_expired_token_is_challenged_in_the_words_of_ecr() {
        var ask = registry.ask("GET", "/v2/");
        registry.clock.move(Duration.ofHours(13));
        var reply = ask.send();
        assertThat(reply.problem()).isEqualTo("401 UNAUTHORIZED");
        assertThat(reply.message()).isEqualTo("Your authorization token has expired. Reauthenticate and try again.");
        assertThat(reply.header("WWW-Authenticate")).isEqualTo(CHALLENGE);
    }

    @Test
    void a_token_does_not_fit_the_host_of_another_region() {
        registry.ask("GET", "/v2/")
                .at("123456789012.dkr.ecr.eu-west-1.amazonaws.com")
                .send()
                .mustBe(200);
        var reply = registry.ask("GET", "/v2/")
                .at("123456789012.dkr.ecr.us-east-1.amazonaws.com")
                .send();
        assertThat(reply.problem()).isEqualTo("401 UNAUTHORIZED");
        assertThat(reply.header("WWW-Authenticate"))
                .startsWith("Basic realm=\"http://123456789012.dkr.ecr.us-east-1.amazonaws.com/\"");
    }

    @Test
    void another_account_is_denied_in_the_words_of_ecr() {
        var reply = registry.ask("GET", "/v2/team/app/tags/list")
                .at("999999999999.dkr.ecr.eu-west-1.amazonaws.com")
                .send();
        assertThat(reply.problem()).isEqualTo("403 DENIED");
        assertThat(reply.message())
                .isEqualTo("User: arn:aws:iam::123456789012:root is not authorized to perform: ecr:ListImages on"
                        + " resource: arn:aws:ecr:eu-west-1:999999999999:repository/team/app because no"
                        + " resource-based policy allows the ecr:ListImages action");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example\" x=\"", "localhost:5000@evil.example", ""})
    void the_realm_never_repeats_a_host_that_was_not_checked(String host) {
        var reply = registry.anonymously("GET", "/v2/").at(host).send();
        assertThat(reply.header("WWW-Authenticate")).isEqualTo(CHALLENGE);
    }
}
