package entrepot.server;

import static entrepot.server.Manifests.ABSENT;
import static entrepot.server.Manifests.CONFIG;
import static entrepot.server.Manifests.LAYER;
import static entrepot.server.Manifests.OCI;
import static entrepot.server.Manifests.OCI_INDEX;
import static entrepot.server.Manifests.config;
import static entrepot.server.Manifests.descriptor;
import static entrepot.server.Manifests.digest;
import static entrepot.server.Manifests.image;
import static entrepot.server.Manifests.layer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.model.ImageReferrer;
import software.amazon.awssdk.services.ecr.model.ListImageReferrersResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is pushed about a subject by one door is listed by both, and alike.
class ReferrersOnBothDoorsTest {

    private static final String SUBJECT = ",\"subject\":" + descriptor(OCI, ABSENT, 5);
    private static final JsonMapper JSON = new JsonMapper();

    /// A referrer as a client of either door sees it.
    private record Seen(
            String digest,
            String mediaType,
            long size,
            @Nullable String artifactType,
            Map<String, String> annotations) {}

    @TempDir
    Path data;

    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(data, Map.of());
        server.ecr().createRepository(r -> r.repositoryName("app"));
        server.push("app", CONFIG);
        server.push("app", LAYER);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void each_door_lists_what_both_pushed() {
        var signature =
                about(",\"artifactType\":\"application/x.sig\",\"annotations\":{\"b\":\"\u00fc\\n\",\"a\":\"\"}");
        var plain = about("");
        var index = """
                {"schemaVersion":2,"mediaType":"%s","manifests":[]%s}""".formatted(OCI_INDEX, SUBJECT);
        server.ecr().putImage(r -> r.repositoryName("app").imageManifest(signature));
        put(plain, OCI);
        put(index, OCI_INDEX);

        assertThat(byJson(json(null, null).referrers()))
                .isEqualTo(byV2("/v2/app/referrers/" + ABSENT))
                .containsExactly(
                        new Seen(
                                digest(signature),
                                OCI,
                                signature.getBytes(UTF_8).length,
                                "application/x.sig",
                                Map.of("b", "\u00fc\n", "a", "")),
                        new Seen(
                                digest(plain),
                                OCI,
                                plain.length(),
                                "application/vnd.oci.image.config.v1+json",
                                Map.of()),
                        new Seen(digest(index), OCI_INDEX, index.length(), null, Map.of()));
    }

    @Test
    void json_pages_are_those_of_ecr() {
        IntStream.range(0, 25).forEach(i -> put(about(",\"annotations\":{\"n\":\"" + i + "\"}"), OCI));

        var first = json(null, null);
        var second = json(first.nextToken(), null);

        assertThat(first.referrers()).hasSize(20);
        assertThat(second.referrers()).hasSize(5);
        assertThat(second.nextToken()).isNull();
        assertThat(json(null, 7).referrers()).hasSize(7);
        assertThat(first.referrers().getFirst().artifactStatusAsString()).isEqualTo("ACTIVE");
    }

    private static String about(String more) {
        return image(OCI, config(), layer(), SUBJECT + more);
    }

    private void put(String manifest, String type) {
        var answer = server.send(
                "PUT", "/v2/app/manifests/" + digest(manifest), manifest.getBytes(UTF_8), "Content-Type", type);
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("OCI-Subject")).contains(ABSENT);
    }

    private ListImageReferrersResponse json(@Nullable String token, @Nullable Integer size) {
        return server.ecr()
                .listImageReferrers(r -> r.repositoryName("app")
                        .subjectId(subject -> subject.imageDigest(ABSENT))
                        .nextToken(token)
                        .maxResults(size));
    }

    private static List<Seen> byJson(List<ImageReferrer> referrers) {
        return referrers.stream()
                .map(r -> new Seen(r.digest(), r.mediaType(), r.size(), r.artifactType(), Map.copyOf(r.annotations())))
                .toList();
    }

    private List<Seen> byV2(String target) {
        var seen = new ArrayList<Seen>();
        JSON.readTree(server.get(target).body()).path("manifests").forEach(entry -> seen.add(seen(entry)));
        return seen;
    }

    private static Seen seen(JsonNode entry) {
        var annotations = new TreeMap<String, String>();
        entry.path("annotations")
                .properties()
                .forEach(a -> annotations.put(a.getKey(), a.getValue().asString()));
        var type = entry.has("artifactType") ? entry.path("artifactType").asString() : null;
        return new Seen(
                entry.path("digest").asString(),
                entry.path("mediaType").asString(),
                entry.path("size").asLong(),
                type,
                annotations);
    }
}
