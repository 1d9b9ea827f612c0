package entrepot.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole ways of clients where `compat` is `ecr`.
class CompatPullTest {

    private static final String EVERYBODY = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
             "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]}]}""";
    private static final String TAG = "/v2/app/manifests/v1";

    @TempDir
    Path data;

    private RunningServer server;
    private String layer;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(data, Map.of("compat", "ecr", "anonymous-pull", "true"));
        server.ecr().createRepository(r -> r.repositoryName("app"));
        server.ecr().setRepositoryPolicy(r -> r.repositoryName("app").policyText(EVERYBODY));
        server.push("app", Manifests.CONFIG);
        layer = server.push("app", Manifests.LAYER);
        server.send("PUT", TAG, Manifests.image(Manifests.OCI).getBytes(UTF_8), "Content-Type", Manifests.OCI);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void nobody_in_particular_gets_layers_at_once() {
        var answer = server.anonymous("/v2/app/blobs/" + layer);

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void who_logged_in_is_sent_to_where_this_registry_was_called() {
        var answer = server.get("/v2/app/blobs/" + layer);

        assertThat(answer.statusCode()).isEqualTo(307);
        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).startsWith("/"));
    }

    /// Another registry's images keep what the specification allows them.
    @Test
    void what_is_replicated_loses_a_tag_and_no_more() {
        var mark = "000000000000/eu-west-1 000000000000/us-east-1";

        server.send("DELETE", TAG, new byte[0], "Entrepot-Replication", mark);

        assertThat(server.ecr().listImages(r -> r.repositoryName("app")).imageIds())
                .singleElement()
                .satisfies(image -> assertThat(image.imageTag()).isNull());
    }
}
