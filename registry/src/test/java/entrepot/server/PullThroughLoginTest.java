package entrepot.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.model.SecretNotFoundException;
import software.amazon.awssdk.services.ecr.model.UnableToAccessSecretException;
import software.amazon.awssdk.services.ecr.model.UnsupportedUpstreamRegistryException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// A server that pulls through another registry which wants a login: a second Entrepot, and one with Basic.
class PullThroughLoginTest {

    @TempDir
    Path data;

    private RunningServer other;
    private RunningServer server;
    private ForeignRegistry basic;
    private SecretsManagerClient secrets;

    @BeforeEach
    void start_all() throws IOException {
        basic = new ForeignRegistry();
        basic.require("ann", "geheim");
        other = RunningServer.start(data.resolve("other"), Map.of());
        server = RunningServer.start(
                data.resolve("server"),
                Map.of(
                        "pull-through.allowed",
                        basic.host() + "," + other.url("").getAuthority(),
                        "pull-through.endpoints",
                        "quay.io=http://" + basic.host()));
        var key = server.rootKey();
        secrets = SecretsManagerClient.builder()
                .endpointOverride(server.url("/"))
                .region(Region.US_EAST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())))
                .build();
    }

    @AfterEach
    void close_all() throws IOException {
        secrets.close();
        server.close();
        other.close();
        basic.close();
    }

    private String secret(String name, String user, String password) {
        return secrets.createSecret(r -> r.name("ecr-pullthroughcache/" + name)
                        .secretString("{\"username\":\"%s\",\"accessToken\":\"%s\"}".formatted(user, password)))
                .arn();
    }

    private void rule(String prefix, String upstream, String secret) {
        server.ecr()
                .createPullThroughCacheRule(r -> r.ecrRepositoryPrefix(prefix)
                        .upstreamRegistryUrl(upstream)
                        .credentialArn(secret));
    }

    @Test
    void a_rule_whose_secret_is_gone_asks_nobody() {
        basic.image("app", "a", 1, 1_000, "v1");
        var secret = secret("gone", "ann", "geheim");
        rule("gone", basic.host(), secret);
        var asked = basic.askedAtAll();
        secrets.deleteSecret(r -> r.secretId(secret).forceDeleteWithoutRecovery(true));

        assertThat(server.get("/v2/gone/app/manifests/v1").statusCode()).isEqualTo(403);
        assertThat(basic.askedAtAll()).isEqualTo(asked);
    }

    @Test
    void another_entrepot_is_asked_with_an_access_key_and_its_token() throws IOException {
        other.ecr().createRepository(r -> r.repositoryName("team/app"));
        other.push("team/app", Manifests.CONFIG);
        other.push("team/app", Manifests.LAYER);
        var image = Manifests.image(Manifests.OCI);
        other.send("PUT", "/v2/team/app/manifests/v1", image.getBytes(UTF_8), "Content-Type", Manifests.OCI);
        var key = other.rootKey();
        rule("peer", other.url("").getAuthority(), secret("peer", key.id(), key.secret()));

        assertThat(validation("peer")).isEmpty();
        assertThat(server.get("/v2/peer/team/app/manifests/v1").body()).isEqualTo(image);
        assertThat(server.get("/v2/peer/team/app/blobs/" + Manifests.digest(Manifests.LAYER))
                        .body())
                .isEqualTo("one layer");
        awaitTag("peer/team/app", "v1");
    }

    @Test
    void a_user_and_a_password_are_sent_where_they_are_wanted() {
        var image = basic.image("app", "a", 1, 1_000, "v1");
        rule("good", basic.host(), secret("good", "ann", "geheim"));
        rule("bad", basic.host(), secret("bad", "ann", "falsch"));

        assertThat(validation("good")).isEmpty();
        assertThat(validation("bad")).startsWith("The authentication to the upstream registry failed");
        assertThat(server.get("/v2/good/app/manifests/v1").body()).isEqualTo(image.text());
        var denied = server.get("/v2/bad/app/manifests/v1");
        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(denied.body()).contains("DENIED", "The authentication to the upstream registry failed");
    }

    @Test
    void a_changed_secret_is_used_from_the_next_question_on() {
        basic.image("app", "a", 1, 1_000, "v1");
        var secret = secret("one", "ann", "falsch");
        rule("hub", basic.host(), secret);
        assertThat(server.get("/v2/hub/app/manifests/v1").statusCode()).isEqualTo(403);

        secrets.putSecretValue(
                r -> r.secretId(secret).secretString("{\"username\":\"ann\",\"accessToken\":\"geheim\"}"));

        assertThat(server.get("/v2/hub/app/manifests/v1").statusCode()).isEqualTo(200);
    }

    @Test
    void a_mirror_is_asked_in_the_place_of_a_registry() {
        basic.image("team/app", "a", 1, 1_000, "v1");
        rule("quay", "quay.io", secret("quay", "ann", "geheim"));

        assertThat(server.get("/v2/quay/team/app/manifests/v1").statusCode()).isEqualTo(200);
    }

    @Test
    void a_rule_without_a_secret_that_can_be_used_is_refused_in_ecrs_words() {
        assertThatThrownBy(() -> rule(
                        "a1",
                        "registry-1.docker.io",
                        "arn:aws:secretsmanager:us-east-1:000000000000:secret:ecr-pullthroughcache/none-AbCdEf"))
                .isInstanceOf(SecretNotFoundException.class)
                .hasMessageContaining("The ARN of the secret specified in the pull through cache rule was not found");
        var odd = secrets.createSecret(r -> r.name("ecr-pullthroughcache/odd").secretString("no json"))
                .arn();
        assertThatThrownBy(() -> rule("a1", "registry-1.docker.io", odd))
                .isInstanceOf(UnableToAccessSecretException.class);
        assertThatThrownBy(() -> server.ecr()
                        .createPullThroughCacheRule(
                                r -> r.ecrRepositoryPrefix("a1").upstreamRegistryUrl("registry-1.docker.io")))
                .isInstanceOf(UnsupportedUpstreamRegistryException.class)
                .hasMessageContaining("requires authentication");
    }

    private String validation(String prefix) {
        var answer = server.ecr().validatePullThroughCacheRule(r -> r.ecrRepositoryPrefix(prefix));
        assertThat(answer.isValid()).isEqualTo(answer.failure() == null);
        return answer.failure() == null ? "" : answer.failure();
    }

    private void awaitTag(String repository, String tag) {
        var end = Instant.now().plusSeconds(120);
        while (server.ecr().listImages(r -> r.repositoryName(repository)).imageIds().stream()
                .noneMatch(id -> tag.equals(id.imageTag()))) {
            assertThat(Instant.now()).isBefore(end);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
