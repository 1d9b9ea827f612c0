package entrepot.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentNegotiationTest {

    private static final String MANIFESTS = "/v2/team/app/manifests/";
    private static final String DOCKER = "application/vnd.docker.distribution.manifest.v2+json";
    private static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    private static final String SCHEMA1 = "application/vnd.docker.distribution.manifest.v1+prettyjws";

    @AutoClose
    private final OciRegistry registry = new OciRegistry();

    private String manifest = "";

    @BeforeEach
    void push_an_image() {
        registry.create("team/app");
        var push = new Pushes(registry, "team/app");
        manifest = push.image("layer");
        push.manifest("v1", manifest).mustBe(201);
    }

    private Reply ask(String method, String reference, String... accept) {
        var ask = registry.ask(method, MANIFESTS + reference);
        for (var line : accept) {
            ask = ask.with("Accept", line);
        }
        return ask.send().mustBe(200);
    }

    @Test
    void an_old_client_gets_its_own_format_and_finds_it_by_the_digest_it_was_told() {
        var head = ask("HEAD", "v1", DOCKER, SCHEMA1);
        var digest = head.header("Docker-Content-Digest");
        assertThat(digest).isNotEqualTo(Pushes.digest(manifest.getBytes(UTF_8)).toString());

        for (var reply : new Reply[] {ask("GET", "v1", SCHEMA1 + "," + DOCKER), ask("GET", digest, DOCKER)}) {
            assertThat(reply.header("Content-Type")).isEqualTo(DOCKER);
            assertThat(reply.header("Docker-Content-Digest")).isEqualTo(digest);
            assertThat(Pushes.digest(reply.bytes()).toString()).isEqualTo(digest);
            assertThat(reply.text())
                    .contains("\"mediaType\":\"" + DOCKER + "\"")
                    .contains("application/vnd.docker.image.rootfs.diff.tar.gzip")
                    .doesNotContain("vnd.oci");
        }
    }

    /// As docker, containerd, curl, crane, and one that sends something else.
    @ParameterizedTest
    @ValueSource(
            strings = {
                DOCKER + ", " + DOCKER_LIST + ", " + Pushes.OCI_MANIFEST + ";q=0.1",
                DOCKER + ", */*",
                DOCKER + ", application/*;q=0.2",
                "*/*",
                "text/html",
                SCHEMA1,
                Pushes.OCI_MANIFEST
            })
    void who_understands_what_was_pushed_or_nothing_of_it_gets_what_was_pushed(String accept) {
        var reply = ask("GET", "v1", accept);

        assertThat(reply.text()).isEqualTo(manifest);
        assertThat(reply.header("Content-Type")).isEqualTo(Pushes.OCI_MANIFEST);
    }

    @Test
    void lines_count_together_in_any_order() {
        assertThat(ask("GET", "v1", SCHEMA1, DOCKER, Pushes.OCI_MANIFEST, DOCKER_LIST)
                        .text())
                .isEqualTo(manifest);
    }

    @Test
    void by_digest_nothing_is_converted() {
        var digest = Pushes.digest(manifest.getBytes(UTF_8)).toString();

        assertThat(ask("GET", digest, DOCKER).text()).isEqualTo(manifest);
        assertThat(ask("GET", digest, DOCKER).header("Vary")).isEmpty();
        assertThat(ask("GET", "v1", DOCKER).header("Vary")).isEqualTo("Accept");
        assertThat(ask("HEAD", "v1").header("Vary")).isEqualTo("Accept");
    }
}
