package entrepot.server;

import static entrepot.server.Manifests.ABSENT;
import static entrepot.server.Manifests.CONFIG;
import static entrepot.server.Manifests.LAYER;
import static entrepot.server.Manifests.OCI;
import static entrepot.server.Manifests.OCI_INDEX;
import static entrepot.server.Manifests.child;
import static entrepot.server.Manifests.digest;
import static entrepot.server.Manifests.image;
import static entrepot.server.Manifests.imageWithNote;
import static entrepot.server.Manifests.index;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.check.Check;
import entrepot.store.TestStores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `sparse-manifests: true`, on both doors. That it is off by default is what PushCases says of what is missing.
class SparseManifestsTest {

    private static final String MISSING_LAYER = image(
            OCI, Manifests.config(), Manifests.descriptor("application/x.layer", digest(LAYER), LAYER.length), "");

    @TempDir
    Path data;

    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(data, Map.of("sparse-manifests", "true"));
        server.ecr().createRepository(r -> r.repositoryName("app"));
        server.push("app", CONFIG);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private int put(String reference, String manifest, String type) {
        return server.send("PUT", "/v2/app/manifests/" + reference, manifest.getBytes(UTF_8), "Content-Type", type)
                .statusCode();
    }

    private int status(String method, String path) {
        return server.send(method, "/v2/app/" + path, new byte[0]).statusCode();
    }

    @Test
    void what_lacks_a_layer_or_a_child_is_stored_by_both_doors() {
        assertThat(put("image", MISSING_LAYER, OCI)).isEqualTo(201);
        assertThat(put("index", index(OCI_INDEX, child(OCI, imageWithNote("none"))), OCI_INDEX))
                .isEqualTo(201);
        server.ecr()
                .putImage(r ->
                        r.repositoryName("app").imageManifest(missingChild()).imageTag("json"));

        assertThat(server.get("/v2/app/manifests/image").body()).isEqualTo(MISSING_LAYER);
        assertThat(server.get("/v2/app/manifests/json").body()).isEqualTo(missingChild());
        assertThat(server.ecr().describeImages(r -> r.repositoryName("app")).imageDetails())
                .hasSize(3);
    }

    private static String missingChild() {
        return index(OCI_INDEX, child(OCI, imageWithNote("never pushed")));
    }

    @Test
    void what_is_missing_is_not_found() {
        put("image", MISSING_LAYER, OCI);
        put("index", missingChild(), OCI_INDEX);

        assertThat(status("GET", "blobs/" + digest(LAYER))).isEqualTo(404);
        assertThat(status("HEAD", "blobs/" + digest(LAYER))).isEqualTo(404);
        assertThat(status("GET", "manifests/" + digest(imageWithNote("never pushed"))))
                .isEqualTo(404);
        assertThat(status("GET", "blobs/" + ABSENT)).isEqualTo(404);
    }

    @Test
    void what_arrives_late_is_served_and_held() {
        put("image", MISSING_LAYER, OCI);
        put("index", index(OCI_INDEX, child(OCI, imageWithNote("late"))), OCI_INDEX);
        server.push("app", LAYER);
        var late = digest(imageWithNote("late"));
        assertThat(put(late, imageWithNote("late"), OCI)).isEqualTo(201);

        assertThat(status("GET", "blobs/" + digest(LAYER))).isEqualTo(200);
        assertThat(status("DELETE", "blobs/" + digest(LAYER))).isEqualTo(405);
        assertThat(status("DELETE", "manifests/" + late)).isEqualTo(405);
    }

    @Test
    void a_size_unlike_that_of_what_is_there_is_still_refused() {
        server.push("app", LAYER);
        var wrong = image(OCI, Manifests.config(), Manifests.descriptor("application/x", digest(LAYER), 1), "");

        assertThat(put("v1", wrong, OCI)).isEqualTo(400);
    }

    @Test
    void check_notes_what_is_sparse_and_finds_no_problem() throws IOException {
        put("image", MISSING_LAYER, OCI);
        put("index", missingChild(), OCI_INDEX);
        var lines = new ArrayList<String>();

        try (var metadata = TestStores.readerIn(data)) {
            var summary = new Check(metadata, TestStores.vault(TestStores.blobsIn(data)), lines::add).run();
            assertThat(summary.problems()).isZero();
        }
        assertThat(lines)
                .containsExactlyInAnyOrderElementsOf(List.of(
                        "note: 000000000000/us-east-1/app@%s: is sparse: lacks 1 of what it names, such as %s"
                                .formatted(digest(MISSING_LAYER), digest(LAYER)),
                        "note: 000000000000/us-east-1/app@%s: is sparse: lacks 1 of what it names, such as %s"
                                .formatted(digest(missingChild()), digest(imageWithNote("never pushed")))));
    }
}
