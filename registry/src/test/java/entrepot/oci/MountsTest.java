package entrepot.oci;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.AccountSetting;
import entrepot.domain.Digest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountsTest {

    private static final String UPLOADS = "/v2/team/app/blobs/uploads/";
    private static final byte[] BYTES = Pushes.bytes(1000);
    private static final Digest DIGEST = Pushes.digest(BYTES);

    @AutoClose
    private final OciRegistry registry = new OciRegistry();

    @BeforeEach
    void push_a_blob() {
        registry.create("team/app");
        registry.create("team/base");
        new Pushes(registry, "team/base").blob(BYTES);
    }

    private Reply mount(String query) {
        return registry.ask("POST", UPLOADS + "?" + query).send();
    }

    @ParameterizedTest
    @ValueSource(strings = {"from=team/base&mount=%s", "mount=%s&from=team%%2Fbase&origin=localhost:5000", "mount=%s"})
    void a_blob_of_another_repository_is_mounted(String query) {
        var reply = mount(query.formatted(DIGEST)).mustBe(201);

        assertThat(reply.header("Location")).isEqualTo("/v2/team/app/blobs/" + DIGEST);
        assertThat(reply.header("Docker-Content-Digest")).isEqualTo(DIGEST.toString());
        assertThat(registry.ask("GET", reply.header("Location"))
                        .send()
                        .mustBe(200)
                        .bytes())
                .isEqualTo(BYTES);
    }

    @Test
    void a_blob_is_mounted_by_sha512() {
        var digest = Pushes.digest(Digest.Algorithm.SHA512, BYTES);
        var begun = new Pushes(registry, "team/base").begin();
        registry.ask("PUT", begun + "?digest=" + digest).body(BYTES).send().mustBe(201);

        mount("mount=" + digest + "&from=team/base").mustBe(201);
        registry.ask("HEAD", "/v2/team/app/blobs/" + digest).send().mustBe(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mount=%s&from=team/absent",
                "mount=%s&from=team/app",
                "mount=%s&from=Team/Base",
                "mount=%s&from=",
                "mount=%s&from=team/base/../base",
                "mount=%s0&from=team/base",
                "mount=sha256:0&from=team/base&also=%s"
            })
    void what_is_not_mounted_is_uploaded_by_the_location_given(String query) {
        var reply = mount(query.formatted(DIGEST)).mustBe(202);

        assertThat(reply.header("Range")).isEqualTo("0-0");
        registry.ask("HEAD", "/v2/team/app/blobs/" + DIGEST).send().mustBe(404);
        registry.ask("PUT", reply.header("Location") + "?digest=" + DIGEST)
                .body(BYTES)
                .send()
                .mustBe(201);
    }

    @Test
    void a_registry_that_forbids_mounts_answers_with_uploads() {
        registry.metadata.transact(tx -> {
            tx.accountSettings().put(OciRegistry.ID, AccountSetting.BLOB_MOUNTING, "DISABLED");
            return true;
        });

        mount("mount=" + DIGEST + "&from=team/base").mustBe(202);
        mount("mount=" + DIGEST).mustBe(202);
    }

    @Test
    void an_image_of_mounted_blobs_is_pushed() {
        var base = new Pushes(registry, "team/base");
        var manifest = base.image("layer");
        var app = new Pushes(registry, "team/app");
        assertThat(app.manifest("v1", manifest).problem()).isEqualTo("404 MANIFEST_BLOB_UNKNOWN");

        for (var content : new String[] {"layer", "{\"of\":\"layer\"}"}) {
            mount("mount=" + base.blob(content) + "&from=team/base").mustBe(201);
        }

        app.manifest("v1", manifest).mustBe(201);
    }
}
