package entrepot.oci;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.operation.AuditEvent;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With `anonymous-pull: true`.
class BearerTest {

    private static final String CHALLENGE =
            "Bearer realm=\"http://localhost:5000/v2/token\",service=\"ecr.amazonaws.com\"";
    private static final String BASIC = "Basic realm=\"http://localhost:5000/\",service=\"ecr.amazonaws.com\"";

    @AutoClose
    private final OciRegistry registry = OciRegistry.withBearers();

    private Ask token() {
        return registry.anonymously("GET", "/v2/token?service=ecr.amazonaws.com&scope=repository:team/app:pull,push");
    }

    private String bearer(Ask ask) {
        return "Bearer " + ask.send().mustBe(200).json().path("token").asString();
    }

    private String bearerOfRoot() {
        return bearer(token().with("Authorization", OciRegistry.basic("AWS", registry.token())));
    }

    private Reply send(String method, String path, String authorization) {
        return registry.anonymously(method, path)
                .with("Authorization", authorization)
                .send();
    }

    private static void challenged(Reply reply) {
        assertThat(reply.problem()).isEqualTo("401 UNAUTHORIZED");
        assertThat(reply.header("WWW-Authenticate")).isEqualTo(CHALLENGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v2/",
                "GET /v2",
                "POST /v2/app/blobs/uploads/",
                "PUT /v2/app/manifests/v1",
                "DELETE /v2/app/manifests/v1",
                "PATCH /v2/app/blobs/uploads/x"
            })
    void whoever_wants_more_than_to_pull_is_told_where_tokens_are(String asked) {
        var parts = asked.split(" ", -1);
        challenged(registry.anonymously(parts[0], parts[1]).send());
        challenged(send(parts[0], parts[1], "Bearer x"));
    }

    @Test
    void a_login_is_exchanged_for_a_bearer_token_that_speaks_for_it() {
        registry.create("team/app");
        var bearer = bearerOfRoot();

        send("GET", "/v2/", bearer).mustBe(200);
        send("POST", "/v2/team/app/blobs/uploads/", bearer).mustBe(202);
        send("GET", "/v2/team/app/tags/list", bearer.replace("Bearer", "bEaReR"))
                .mustBe(200);
    }

    @Test
    void the_answer_is_of_the_specifications_form() {
        var reply = token().send().mustBe(200);

        assertThat(reply.json().path("access_token")).isEqualTo(reply.json().path("token"));
        assertThat(reply.json().path("expires_in").asInt()).isEqualTo(300);
        assertThat(reply.json().path("issued_at").asString()).isEqualTo("2026-05-01T12:00:00Z");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void an_access_key_is_exchanged_too() {
        var key = OciRegistry.KEY;
        registry.create("team/app");
        var bearer = bearer(token().with("Authorization", OciRegistry.basic(key.id(), key.secret())));

        send("GET", "/v2/team/app/tags/list", bearer).mustBe(200);
        assertThat(registry.anonymously("GET", "/v2/team/app/tags/list")
                        .with("Authorization", OciRegistry.basic(key.id(), key.secret()))
                        .send()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void wrong_credentials_are_exchanged_for_nothing() {
        for (var header :
                new String[] {OciRegistry.basic("AWS", "x"), OciRegistry.basic("AKIA", "x"), "Bearer x", "x"}) {
            var reply = token().with("Authorization", header).send();
            assertThat(reply.problem()).isEqualTo("401 UNAUTHORIZED");
            assertThat(reply.header("WWW-Authenticate")).isEqualTo(BASIC);
        }
    }

    @Test
    void a_bearer_token_is_short_lived_and_does_not_outlive_the_login() {
        var login = OciRegistry.basic("AWS", registry.token());
        registry.clock.move(Duration.ofHours(12).minusMinutes(1));
        var bearer = bearer(token().with("Authorization", login));
        send("GET", "/v2/", bearer).mustBe(200);

        registry.clock.move(Duration.ofMinutes(1));
        challenged(send("GET", "/v2/", bearer));
        assertThat(token().with("Authorization", login).send().message())
                .startsWith("Your authorization token has expired");

        var fresh = bearerOfRoot();
        registry.clock.move(Duration.ofMinutes(5));
        challenged(send("GET", "/v2/", fresh));
    }

    @Test
    void nobody_gets_a_token_and_is_denied_with_a_way_to_log_in() {
        registry.create("team/app");
        var nobody = bearer(token());

        send("GET", "/v2/", nobody).mustBe(200);
        for (var path : new String[] {"/v2/team/app/tags/list", "/v2/no/such/manifests/v1", "/v2/_catalog"}) {
            challenged(send("GET", path, nobody));
            challenged(registry.anonymously("GET", path).send());
        }
        assertThat(registry.anonymously("GET", "/v2/team/app/tags/list").send().message())
                .startsWith("User: anonymous is not authorized to perform: ecr:ListImages");
    }

    @Test
    void nobody_changes_anything() {
        registry.create("team/app");
        var before = registry.audited.size();

        challenged(send("POST", "/v2/team/app/blobs/uploads/", bearer(token())));
        challenged(send("DELETE", "/v2/team/app/manifests/v1", bearer(token())));

        assertThat(registry.audited).hasSize(before);
    }

    @Test
    void a_token_of_nobody_is_no_password() {
        var nobody = bearer(token()).substring("Bearer ".length());

        challenged(send("GET", "/v2/", OciRegistry.basic("AWS", nobody)));
    }

    @Test
    void somebody_who_may_not_is_denied() {
        var reply = registry.anonymously("GET", "/v2/team/app/tags/list")
                .at("999999999999.dkr.ecr.eu-west-1.amazonaws.com")
                .with("Authorization", bearerOfRoot())
                .send();

        assertThat(reply.problem()).isEqualTo("403 DENIED");
    }

    @Test
    void basic_stays_good_on_every_request() {
        registry.create("team/app");
        registry.ask("GET", "/v2/").send().mustBe(200);
        registry.ask("POST", "/v2/team/app/blobs/uploads/").send().mustBe(202);
    }

    @Test
    void the_oauth_form_is_refused_so_that_clients_fall_back() {
        var reply = registry.anonymously("POST", "/v2/token")
                .body("grant_type=password&password=x")
                .send();

        assertThat(reply.problem()).isEqualTo("405 UNSUPPORTED");
        assertThat(reply.header("Allow")).isEqualTo("GET");
    }

    @Test
    void a_repository_may_be_called_token() {
        registry.create("token");

        registry.ask("GET", "/v2/token/tags/list").send().mustBe(200);
        assertThat(registry.ask("GET", "/v2/token/manifests/x").send().problem())
                .isEqualTo("404 MANIFEST_UNKNOWN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example\" x=\"", "localhost:5000@evil.example", ""})
    void the_realm_never_repeats_a_host_that_was_not_checked(String host) {
        challenged(registry.anonymously("GET", "/v2/").at(host).send());
    }

    @Test
    void the_realm_is_the_host_where_that_has_the_form_of_ecr() {
        var reply = registry.anonymously("GET", "/v2/")
                .at("123456789012.dkr.ecr.eu-west-1.amazonaws.com")
                .send();

        assertThat(reply.header("WWW-Authenticate"))
                .startsWith("Bearer realm=\"http://123456789012.dkr.ecr.eu-west-1.amazonaws.com/v2/token\"");
    }

    @Test
    void credentials_that_are_not_good_are_written_down_and_missing_ones_are_not() {
        registry.anonymously("GET", "/v2/").send();
        assertThat(registry.audited).isEmpty();

        send("GET", "/v2/", OciRegistry.basic("AWS", "my-secret"));
        token().with("Authorization", OciRegistry.basic("AKIAAAAAAAAAAAAAAAAA", "my-secret"))
                .send();

        assertThat(registry.audited).hasSize(2).allSatisfy(event -> {
            assertThat(event.refusal())
                    .isEqualTo(new AuditEvent.Refusal("InvalidToken", "The credentials were not accepted"));
            assertThat(event.toString()).doesNotContain("my-secret");
        });
    }
}
